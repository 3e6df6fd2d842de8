"""A lot whose sale is stopped: its offers end, what was not sent is held back and given back in one go, buyers know."""

import pytest

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import Role
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trace.operations import resume_lot, stop_lot
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations, queries
from fieldcast.trade.stops import operations as stops
from fieldcast.trade.types import GivingBack, OfferState, OrderState, OrderView
from tests.factories.accounts import NOW, make_member
from tests.factories.cover import make_officer
from tests.factories.trace import make_event
from tests.factories.trade import (
    Sale,
    assert_balanced,
    later,
    make_offer,
    make_order,
    make_sale,
    make_session,
)

pytestmark = pytest.mark.django_db
FAIL = {"result": "fail", "residue": "above limits"}
PASS = {"result": "pass", "residue": "not detected"}


@pytest.fixture
def sale() -> Sale:
    return make_sale()


def fail(sale: Sale) -> None:
    """The lot does not pass its test."""
    make_event(sale.stall.lot, EventKind.INSPECTED, FAIL, by=sale.stall.chief, at=later(5), now=later(5))


def stop(sale: Sale) -> None:
    """Its seller stops the sale."""
    stop_lot(by=sale.stall.chief, lot_id=sale.stall.lot.id, reason="买家说有异味", now=later(5))


def now_is(order: OrderView) -> OrderView:
    """The order now."""
    return queries.order(order_id=order.id)


def give_back(sale: Sale, by: Person | None = None, seconds: float = 10) -> GivingBack:
    """Everything held back is given back."""
    return operations.give_back_held(
        by=by or sale.stall.chief, lot_id=sale.stall.lot.id, reason="农残超标", now=later(seconds)
    )


def told(order: OrderView) -> list[str]:
    """The kinds of what the order's buyer was told, the latest first."""
    return [one.kind for one in inbox.messages(person_id=order.buyer_id).items]


def test_a_failed_test_closes_every_offer_and_frees_its_units(sale: Sale) -> None:
    other = make_offer(sale.stall, make_session(sale.stall, open_=False), packs=10)
    make_order(sale, packs=2)
    fail(sale)
    for offer_id in (sale.offer.id, other.id):
        assert queries.offer(offer_id=offer_id).state == OfferState.CLOSED
        assert queries.offer_changes(offer_id=offer_id)[-1].by_id is None
    assert (sale.stock.allocated, sale.stock.sold) == (0, 10)
    assert_balanced()


def test_a_stop_by_hand_leaves_the_offers_for_when_it_goes_on(sale: Sale) -> None:
    stop(sale)
    assert sale.now_offered.state == OfferState.OPEN


def test_a_failed_test_that_is_refused_changes_nothing(sale: Sale) -> None:
    with pytest.raises(Problem):
        make_event(sale.stall.lot, EventKind.INSPECTED, FAIL, by=sale.stall.chief, at=later(9e5))
    assert sale.now_offered.state == OfferState.OPEN


def test_each_buyer_of_a_failed_lot_is_told_once_what_concerns_the_box(sale: Sale) -> None:
    waiting = [make_order(sale, until=until) for until in ("paid", "packed")]
    sent = [make_order(sale, until=until) for until in ("shipped", "received", "closed")]
    unpaid = make_order(sale, until="reserved")
    fail(sale)
    fail_again = {**FAIL, "report": "复检"}
    make_event(
        sale.stall.lot, EventKind.INSPECTED, fail_again, by=sale.stall.chief, at=later(7), now=later(7)
    )
    assert [told(one) for one in waiting] == [["order_held_back"]] * 2
    assert [told(one)[0] for one in sent] == ["box_failed_test"] * 3
    assert "box_failed_test" not in told(unpaid)


def test_a_stop_by_hand_tells_those_who_wait_and_a_resumption_too(sale: Sale) -> None:
    waiting, sent = make_order(sale), make_order(sale, until="shipped")
    stop(sale)
    resume_lot(by=sale.stall.chief, lot_id=sale.stall.lot.id, reason="查过了", now=later(6))
    assert told(waiting) == ["held_order_goes_on", "order_held_back"]
    assert told(sent) == []


def test_a_box_that_is_held_back_is_packed_and_sent_only_with_a_reason(sale: Sale) -> None:
    order, by = make_order(sale), sale.stall.chief
    fail(sale)
    assert now_is(order).held_back
    for why in ("", "   "):
        with pytest.raises(Problem) as refused:
            operations.pack(by=by, order_id=order.id, now=NOW, why=why)
        assert (refused.value.code, refused.value.status) == ("order_held_back", 409)
    operations.pack(by=by, order_id=order.id, now=NOW, why="买家知道，拿去喂猪")
    with pytest.raises(Problem) as refused:
        operations.ship(by=by, order_id=order.id, tracking_number="YT0000000001", now=NOW)
    assert refused.value.code == "order_held_back"
    operations.ship(by=by, order_id=order.id, tracking_number="YT0000000001", now=NOW, why="同上")
    assert [step.why for step in queries.order_steps(order_id=order.id)][-2:] == [
        "买家知道，拿去喂猪",
        "同上",
    ]
    assert told(order)[0] == "sent_all_the_same"


def test_a_reason_is_kept_of_nothing_that_is_not_held_back(sale: Sale) -> None:
    order = make_order(sale)
    operations.pack(by=sale.stall.chief, order_id=order.id, now=NOW, why="随便写的")
    assert queries.order_steps(order_id=order.id)[-1].why == ""
    assert told(order) == []


def test_what_is_held_back_is_not_to_be_packed(sale: Sale) -> None:
    make_order(sale)
    assert len(queries.packing_list(county_id=sale.stall.county_id)) == 1
    stop(sale)
    assert queries.packing_list(county_id=sale.stall.county_id) == ()


def test_everything_held_back_is_given_back_at_once(sale: Sale) -> None:
    orders = [make_order(sale, until=until) for until in ("paid", "packed", "shipped", "reserved")]
    fail(sale)
    held = queries.held_back(lot_id=sale.stall.lot.id)
    assert (held.orders, held.total_fen, held.giving_back) == (2, 7960, None)
    given = give_back(sale)
    assert (given.orders, given.left, given.done, given.finished_at) == (2, 0, 2, later(10))
    assert [now_is(one).state for one in orders] == [
        OrderState.REFUNDED,
        OrderState.REFUNDED,
        OrderState.SHIPPED,
        OrderState.RESERVED,
    ]
    (refund,) = queries.refunds_of(order_id=orders[0].id)
    assert (refund.amount_fen, refund.reason) == (3980, "农残超标")
    assert told(orders[0])[0] == "held_order_given_back"
    assert_balanced()


def test_the_county_gives_back_too_and_nobody_else(sale: Sale) -> None:
    make_order(sale)
    fail(sale)
    packer = make_member(organisation=sale.stall.cooperative, role=Role.STAFF)
    for stranger in (packer, sale.stall.presenter, make_sale().stall.chief):
        with pytest.raises(NotFound):
            give_back(sale, stranger)
    assert give_back(sale, make_officer(sale.stall.county_id)).done == 1


def test_nothing_is_given_back_of_a_lot_that_may_be_sold_or_holds_nothing(sale: Sale) -> None:
    make_order(sale, until="shipped")
    codes = []
    for failed in (False, True):
        if failed:
            fail(sale)
        with pytest.raises(Problem) as refused:
            give_back(sale)
        codes.append(refused.value.code)
    assert codes == ["lot_not_stopped", "nothing_held_back"]


def test_many_are_given_back_batch_by_batch_and_asking_again_asks_nothing_new(
    sale: Sale, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stops, "A_BATCH", 2)
    for _number in range(5):
        make_order(sale)
    fail(sale)
    first, again = give_back(sale), give_back(sale, seconds=11)
    assert (first.orders, first.left) == (5, 3)
    assert (again.id, again.left) == (first.id, 3)
    assert queries.held_back(lot_id=sale.stall.lot.id).under_way
    assert operations.give_back_due(now=later(12)) == 3
    assert operations.give_back_due(now=later(14)) == 0
    done = queries.held_back(lot_id=sale.stall.lot.id)
    assert (done.orders, done.under_way) == (0, False)
    assert_balanced()


def test_a_sale_that_goes_on_ends_giving_back(sale: Sale, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stops, "A_BATCH", 1)
    orders = [make_order(sale), make_order(sale)]
    stop(sale)
    give_back(sale)
    resume_lot(by=sale.stall.chief, lot_id=sale.stall.lot.id, reason="查过了", now=later(11))
    assert operations.give_back_due(now=later(12)) == 0
    assert [now_is(one).state for one in orders] == [OrderState.REFUNDED, OrderState.PAID]
    assert not queries.held_back(lot_id=sale.stall.lot.id).under_way


def test_a_buyer_takes_the_money_of_a_packed_box_back_while_it_is_held(sale: Sale) -> None:
    order = make_order(sale, until="packed")
    with pytest.raises(Problem):
        operations.cancel_order(by=order_buyer(order), order_id=order.id, now=NOW)
    stop(sale)
    operations.cancel_order(by=order_buyer(order), order_id=order.id, now=NOW)
    assert now_is(order).state == OrderState.REFUNDED


def order_buyer(order: OrderView) -> Person:
    """Who bought it."""
    return Person.objects.get(pk=order.buyer_id)
