"""Sorting out moves the units in the same step, and the public balance is the history's."""

from typing import Any

import pytest

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trace import operations as trace_operations
from fieldcast.trace import queries as trace
from fieldcast.trace.facts.graded import Graded
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations, queries
from tests.factories.accounts import NOW
from tests.factories.guards import behind_its_back
from tests.factories.trace import make_event, make_old_event
from tests.factories.trade import Sale, assert_balanced, make_offer, make_order, make_sale

pytestmark = pytest.mark.django_db
FAIL = {"result": "fail", "residue": "above limits"}
PASS = {"result": "pass", "residue": "not detected"}


@pytest.fixture
def sale() -> Sale:
    return make_sale()  # 1,000 jin, of which 500 are offered


def sort(sale: Sale, *, out: int = 24, becomes: str = "", by: object = None) -> LotView | None:
    """Sort 820 jin; returns the lot of what was sorted out, if it became one."""
    fact = Graded(received=820, sorted_out=out, grade="一级", becomes=becomes)
    done = operations.sort_out(
        by=by or sale.stall.chief,  # type: ignore[arg-type]  # a person
        lot_id=sale.stall.lot.id,
        fact=fact,
        at=NOW,
        now=NOW,
    )
    return done.part


def differences() -> int:
    """What the check beside the invariants finds."""
    return queries.untold_units().figure


def refused(code: str, sale: Sale, **said: object) -> None:
    """It is refused, and nothing has moved."""
    before = sale.stock
    with pytest.raises(Problem) as problem:
        sort(sale, **said)  # type: ignore[arg-type]  # of what a sorting says
    assert problem.value.code == code
    assert sale.stock == before


def test_what_is_sorted_out_is_written_off_unless_something_else_is_said(sale: Sale) -> None:
    assert sort(sale) is None
    assert (sale.stock.on_hand, sale.stock.lost, sale.stock.moved) == (976, 24, 0)
    event = trace.history(lot_id=sale.stall.lot.id).events[-1]
    assert (event.kind, event.facts["becomes"]) == (EventKind.GRADED, "written off")
    assert differences() == 0
    assert_balanced()


def test_a_lower_grade_is_a_lot_of_the_same_origin_and_nothing_is_lost(sale: Sale) -> None:
    part = sort(sale, becomes="二级")
    assert part is not None
    lot = sale.stall.lot
    assert (part.code, part.grade, part.quantity, part.origin_id) == (f"{lot.code}-2", "二级", 24, lot.id)
    assert (part.plot, part.harvested_on, part.product) == (lot.plot, lot.harvested_on, lot.product)
    assert (sale.stock.on_hand, sale.stock.lost, sale.stock.moved) == (976, 0, 24)
    (begun,) = trace.history(lot_id=part.id).events
    assert (begun.kind, begun.facts["origin"], begun.facts["quantity"]) == (EventKind.SPLIT, lot.code, 24)
    assert trace.history(lot_id=lot.id).events[-1].facts["into"] == part.code
    (off,) = queries.write_offs(lot_id=lot.id)
    assert (off.units, off.into_code) == (24, part.code)
    assert differences() == 0
    assert_balanced()


def test_what_was_sorted_out_is_not_picked_a_second_time(sale: Sale) -> None:
    lot = sale.stall.lot

    def counted() -> tuple[Any, Any]:
        found = catalog.yield_check(
            plot_id=lot.plot.id, product_id=lot.product.id, harvested_on=lot.harvested_on, wanted=0
        )
        return found, catalog.harvests(county_id=lot.county_id)

    before = counted()
    sort(sale, becomes="统货")
    assert counted() == before
    (units,) = queries.stock_by_category(county_id=lot.county_id).values()
    assert units.gone == 0


def test_a_part_is_sold_sorted_and_written_off_like_any_lot(sale: Sale) -> None:
    part = sort(sale, becomes="二级", out=100)
    assert part is not None
    make_offer(sale.stall, sale.session, lot_id=part.id, packs=10)
    fact = Graded(received=100, sorted_out=20, grade="二级", becomes="统货")
    again = operations.sort_out(by=sale.stall.chief, lot_id=part.id, fact=fact, at=NOW, now=NOW).part
    assert again is not None
    assert (again.code, again.origin_id) == (f"{sale.stall.lot.code}-3", sale.stall.lot.id)
    assert differences() == 0
    assert_balanced()


def test_only_free_units_are_sorted_out(sale: Sale) -> None:
    refused("above_free_units", sale, out=501)
    sort(sale, out=500)


def test_nothing_sorted_out_moves_nothing(sale: Sale) -> None:
    sort(sale, out=0, becomes="二级")
    assert (sale.stock.on_hand, queries.write_offs(lot_id=sale.stall.lot.id)) == (1000, ())
    assert "becomes" not in trace.history(lot_id=sale.stall.lot.id).events[-1].facts


@pytest.mark.parametrize("grade", ["一级", "特级", "等外"])
def test_what_is_sorted_out_has_a_lower_grade(sale: Sale, grade: str) -> None:
    refused("not_a_lower_grade", sale, becomes=grade)


def test_the_same_sorting_from_two_phones_is_written_down_once(sale: Sale) -> None:
    for becomes in ("", "二级"):
        sort(sale, becomes=becomes)
        refused("already_recorded", sale, becomes=becomes)


def test_nobody_else_sorts_a_lot(sale: Sale) -> None:
    with pytest.raises(NotFound):
        sort(sale, by=sale.stall.presenter)


def test_people_say_it_through_the_stock_and_do_not_correct_it(sale: Sale) -> None:
    said = {"received": 820, "sorted_out": 24, "grade": "一级"}
    with pytest.raises(Problem) as direct:
        make_event(sale.stall.lot, EventKind.GRADED, said, by=sale.stall.chief)
    sort(sale)
    event = trace.history(lot_id=sale.stall.lot.id).events[-1]
    with pytest.raises(Problem) as correction:
        make_event(
            sale.stall.lot, EventKind.CORRECTED, {"sorted_out": 2}, by=sale.stall.chief, corrects=event.id
        )
    assert {direct.value.code, correction.value.code} == {"not_yours_to_say"}


def test_a_failed_test_stops_everything_that_was_picked_as_one(sale: Sale) -> None:
    part = sort(sale, becomes="二级")
    assert part is not None
    make_event(part, EventKind.INSPECTED, FAIL, by=sale.stall.chief)
    for lot_id in (part.id, sale.stall.lot.id):
        assert catalog.lot(lot_id=lot_id).state == LotState.STOPPED
    assert sale.now_offered.state == "closed"
    with pytest.raises(Problem) as problem:
        trace_operations.resume_lot(by=sale.stall.chief, lot_id=sale.stall.lot.id, reason="没事", now=NOW)
    assert problem.value.code == "test_not_passed"


def test_nothing_of_a_stopped_lot_becomes_another_lot(sale: Sale) -> None:
    trace_operations.stop_lot(by=sale.stall.chief, lot_id=sale.stall.lot.id, reason="异味", now=NOW)
    refused("lot_stopped", sale, becomes="二级")
    sort(sale)


def test_records_of_before_this_was_asked_are_not_held_against_the_stock(sale: Sale) -> None:
    make_old_event(sale.stall.lot, EventKind.GRADED, {"received": 820, "sorted_out": 24, "grade": "一级"})
    assert differences() == 0


@pytest.mark.parametrize(
    ("statement", "by"),
    [
        ("UPDATE trade_writeoff SET units = units + 5", 5),
        ("DELETE FROM trade_writeoff", 24 + 30),
        ("UPDATE trade_writeoff SET into_id = NULL", 24 + 24),
        ("UPDATE catalog_lot SET quantity = quantity - 7 WHERE origin_id IS NULL", 7),
        ("UPDATE trace_lotevent SET facts = jsonb_set(facts, '{sorted_out}', '20') WHERE kind = 'graded'", 4),
        ("UPDATE trace_lotevent SET facts = jsonb_set(facts, '{units}', '31') WHERE kind = 'written_off'", 1),
        ("DELETE FROM trace_lotevent WHERE kind = 'graded'", 24),
    ],
)
def test_a_balance_that_differs_from_its_history_is_found(sale: Sale, statement: str, by: int) -> None:
    sort(sale, becomes="二级")
    operations.write_off(by=sale.stall.chief, lot_id=sale.stall.lot.id, units=30, reason="霜冻", now=NOW)
    make_order(sale)
    assert differences() == 0
    behind_its_back(statement)
    assert differences() >= by
