"""Who may say what of which lot, and when it can have been."""

from datetime import timedelta
from decimal import Decimal

import pytest

from fieldcast.accounts.types import Role
from fieldcast.catalog.operations import add_plot, declare_crop
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trace import facts, operations, queries
from fieldcast.trace.operations import NewEvent
from fieldcast.trace.problems import AlreadyRecorded
from fieldcast.trace.types import EventKind
from tests.factories.accounts import NOW, make_member, make_person
from tests.factories.catalog import make_lot
from tests.factories.market import Stall, make_stall
from tests.factories.trace import SAID, make_event, make_old_event

pytestmark = pytest.mark.django_db
# What people sort goes through trade, which moves the units with it.
PEOPLES = [
    kind
    for kind, cls in facts.KINDS.items()
    if cls.said_by == "seller" and kind != EventKind.CORRECTED and not cls.moves_stock
]
PLATFORMS = [kind for kind, cls in facts.KINDS.items() if cls.said_by == "platform"]
SINCE = [kind for kind, cls in facts.KINDS.items() if cls.when == "since harvest"]
DAY = timedelta(days=1)


@pytest.fixture
def stall() -> Stall:
    return make_stall()


def correct(stall: Stall, kind: EventKind) -> int:
    """An event of `kind`, which a correction can name."""
    make_event(stall.lot, kind)
    return queries.history(lot_id=stall.lot.id).events[-1].id


# --- who -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", PEOPLES)
def test_the_lots_cooperative_says_what_people_say(stall: Stall, kind: EventKind) -> None:
    make_event(stall.lot, kind, by=stall.chief)
    event = queries.history(lot_id=stall.lot.id).events[-1]
    assert (event.kind, event.facts) == (kind, SAID[kind])


@pytest.mark.parametrize("kind", PLATFORMS)
def test_nobody_says_what_the_platform_writes_itself(stall: Stall, kind: EventKind) -> None:
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, kind, by=stall.chief)
    assert (refused.value.code, refused.value.status) == ("not_yours_to_say", 403)
    assert len(queries.history(lot_id=stall.lot.id).events) == 1


@pytest.mark.parametrize("kind", [*PEOPLES, EventKind.CORRECTED])
def test_nobody_says_anything_of_another_cooperatives_lot(stall: Stall, kind: EventKind) -> None:
    other = make_stall()
    staff = make_member(organisation=stall.cooperative, role=Role.STAFF)
    corrects = correct(stall, EventKind.STORED) if kind == EventKind.CORRECTED else None
    before = len(queries.history(lot_id=stall.lot.id).events)
    for person in (other.chief, make_person(county_id=stall.county_id), staff):
        with pytest.raises(NotFound):
            make_event(stall.lot, kind, by=person, corrects=corrects)
    assert len(queries.history(lot_id=stall.lot.id).events) == before


@pytest.mark.parametrize("kind", [EventKind.PLANTED, EventKind.TREATED])
def test_the_households_work_is_the_households(stall: Stall, kind: EventKind) -> None:
    make_event(stall.lot, kind, by=stall.chief)
    assert queries.history(lot_id=stall.lot.id).events[-1].actor == "王秀兰家"


# --- when ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", EventKind)
def test_nothing_is_written_down_before_it_has_happened(stall: Stall, kind: EventKind) -> None:
    corrects = correct(stall, EventKind.STORED) if kind == EventKind.CORRECTED else None
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, kind, at=NOW + timedelta(minutes=6), corrects=corrects)
    assert (refused.value.code, refused.value.facts["field"]) == ("future_event", "at")


def test_what_a_clock_says_that_is_a_little_fast_is_kept_as_told(stall: Stall) -> None:
    fast = NOW + timedelta(minutes=4)
    make_event(stall.lot, EventKind.STORED, by=stall.chief, at=fast)
    assert queries.history(lot_id=stall.lot.id).events[-1].at == fast
    with pytest.raises(AlreadyRecorded):  # sent again when its answer was lost
        make_event(stall.lot, EventKind.STORED, by=stall.chief, at=fast, now=NOW + timedelta(seconds=70))


@pytest.mark.parametrize("kind", SINCE)
def test_what_happens_to_a_picked_lot_was_not_before_it_was_picked(stall: Stall, kind: EventKind) -> None:
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, kind, at=NOW - DAY)
    assert (refused.value.code, refused.value.facts["field"]) == ("before_harvest", "at")


@pytest.mark.parametrize("kind", [EventKind.PLANTED, EventKind.TREATED])
def test_what_was_done_in_the_field_lies_before_the_harvest(stall: Stall, kind: EventKind) -> None:
    make_event(stall.lot, kind, at=NOW - 40 * DAY)
    assert queries.history(lot_id=stall.lot.id).events[-1].at == NOW - 40 * DAY


def test_what_was_picked_was_not_planted_afterwards(stall: Stall) -> None:
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, EventKind.PLANTED, at=NOW + DAY, now=NOW + 2 * DAY)
    assert refused.value.code == "after_harvest"


# --- of which lot ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "changes", "code", "field"),
    [
        (EventKind.HARVESTED, {"plot": "别人的园"}, "other_lots_fact", "plot"),
        (EventKind.HARVESTED, {"area_mu": "99.00"}, "other_lots_fact", "area_mu"),
        (EventKind.HARVESTED, {"day": "2026-11-21"}, "other_lots_fact", "day"),
        (EventKind.HARVESTED, {"grade": "特级"}, "other_lots_fact", "grade"),
        (EventKind.HARVESTED, {"quantity": 1001}, "more_than_harvested", "quantity"),
        (EventKind.HARVESTED, {"unit": "piece"}, "wrong_unit", "unit"),
        (EventKind.GRADED, {"unit": "liang"}, "wrong_unit", "unit"),
        (EventKind.GRADED, {"received": 1001}, "more_than_harvested", "received"),
        (EventKind.OFFERED, {"packs": 201}, "more_than_harvested", "packs"),
        (EventKind.WRITTEN_OFF, {"units": 1001}, "more_than_harvested", "units"),
    ],
)
def test_a_fact_of_another_lot_is_refused(
    stall: Stall, kind: EventKind, changes: dict[str, str | int], code: str, field: str
) -> None:
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, kind, {**SAID[kind], **changes})
    assert (refused.value.code, refused.value.facts["field"]) == (code, field)


def test_a_figure_without_a_unit_is_in_the_lots(stall: Stall) -> None:
    make_event(stall.lot, EventKind.GRADED, {"received": 9, "sorted_out": 1, "grade": "一级"})
    assert queries.history(lot_id=stall.lot.id).events[-1].facts["unit"] == "jin"


def test_a_harvest_is_registered_whatever_plot_and_area_it_has(stall: Stall) -> None:
    plot_id = add_plot(farm_id=stall.lot.plot.farm_id, name="坡地", area_mu=Decimal("0.37"))
    declare_crop(by=stall.chief, plot_id=plot_id, product_id=stall.lot.product.id, now=NOW)
    lot = operations.register_harvest(
        by=stall.chief,
        plot_id=plot_id,
        product_id=stall.lot.product.id,
        cooperative_id=stall.cooperative.id,
        grade="等外",
        harvested_on=stall.lot.harvested_on,
        quantity=3,
        now=NOW,
        today=stall.lot.harvested_on,
    )
    event = queries.history(lot_id=lot.id).events[0]
    assert event.facts["area_mu"] == "0.37"
    assert event.facts["grade"] == "等外"


# --- corrections -----------------------------------------------------------------------------------------------------
def test_a_correction_changes_what_it_names_and_nothing_else(stall: Stall) -> None:
    stored = correct(stall, EventKind.STORED)
    make_event(
        stall.lot, EventKind.CORRECTED, {"celsius": "3.1", "note": "抄错"}, by=stall.chief, corrects=stored
    )
    found = queries.event(lot_id=stall.lot.id, event_id=stored)
    assert found is not None
    assert queries.facts_as_corrected(found) == {"store": "镇冷库", "celsius": "3.1", "note": "抄错"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kelvin": "274"}, "unknown_fact"),
        ({"celsius": "274"}, "bad_fact"),
        ({"celsius": "36 F"}, "bad_fact"),
    ],
)
def test_a_correction_makes_again_a_fact_of_the_kind(
    stall: Stall, changes: dict[str, str], code: str
) -> None:
    stored = correct(stall, EventKind.STORED)
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, EventKind.CORRECTED, changes, by=stall.chief, corrects=stored)
    assert refused.value.code == code


def test_a_second_correction_is_held_against_the_first(stall: Stall) -> None:
    test = correct(stall, EventKind.INSPECTED)
    above = {"residue": "above limits", "result": "fail"}
    make_event(stall.lot, EventKind.CORRECTED, above, by=stall.chief, corrects=test)
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, EventKind.CORRECTED, {"result": "pass"}, by=stall.chief, corrects=test)
    assert refused.value.code == "residues_above_limits"


def test_a_correction_names_a_record_that_can_be_corrected(stall: Stall) -> None:
    stored = correct(stall, EventKind.STORED)
    make_event(stall.lot, EventKind.CORRECTED, corrects=stored)
    correction = queries.history(lot_id=stall.lot.id).events[-1].id
    for kind, corrects in (
        (EventKind.CORRECTED, None),
        (EventKind.CORRECTED, correction),
        (EventKind.INSPECTED, stored),
    ):
        with pytest.raises(Problem) as refused:
            make_event(stall.lot, kind, by=stall.chief, corrects=corrects)
        assert refused.value.code == "corrects_nothing"


def test_nobody_corrects_what_the_platform_wrote(stall: Stall) -> None:
    harvest = queries.history(lot_id=stall.lot.id).events[0].id
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, EventKind.CORRECTED, {"quantity": 900}, by=stall.chief, corrects=harvest)
    assert refused.value.code == "not_yours_to_say"
    make_event(stall.lot, EventKind.CORRECTED, {"quantity": 900}, corrects=harvest)


def test_a_record_of_before_can_be_corrected_into_a_fact(stall: Stall) -> None:
    old = make_old_event(stall.lot, EventKind.TREATED, {"agent": "吡虫啉", "dose": "20 毫升"})
    make_event(stall.lot, EventKind.CORRECTED, {"interval_days": 14}, by=stall.chief, corrects=old)
    found = queries.event(lot_id=stall.lot.id, event_id=old)
    assert found is not None
    assert queries.facts_as_corrected(found) == {
        "product": "吡虫啉",
        "amount": "20 毫升",
        "interval_days": 14,
    }


def test_what_the_platform_notes_is_held_against_the_lot_too(stall: Stall) -> None:
    fact = facts.from_json(kind=EventKind.WRITTEN_OFF, facts={"units": 1001, "reason": "霜冻"})
    with pytest.raises(Problem) as refused:
        operations.note(lot_id=stall.lot.id, events=[NewEvent(fact=fact, at=NOW)], by=None, now=NOW)
    assert refused.value.code == "more_than_harvested"


def test_a_lots_history_holds_whatever_was_written_when(stall: Stall) -> None:
    make_old_event(stall.lot, EventKind.GRADED, {"jin": 796})
    for kind in PEOPLES:
        make_event(stall.lot, kind, by=stall.chief)
    assert queries.history(lot_id=stall.lot.id).intact
    assert make_lot(cooperative=stall.cooperative).id not in queries.broken_histories(county_id=None)


# --- twice -----------------------------------------------------------------------------------------------------------
def test_the_same_fact_of_the_same_moment_is_written_down_once(stall: Stall) -> None:
    make_event(stall.lot, EventKind.STORED, by=stall.chief)
    before = queries.history(lot_id=stall.lot.id).events
    with pytest.raises(Problem) as refused:
        make_event(stall.lot, EventKind.STORED, by=stall.chief)
    assert (refused.value.code, refused.value.status) == ("already_recorded", 409)
    assert refused.value.facts["number"] == before[-1].sequence
    assert queries.history(lot_id=stall.lot.id).events == before


@pytest.mark.parametrize(
    ("kind", "first", "again"),
    [
        (EventKind.STORED, {"store": "镇冷库", "celsius": "5"}, {"store": "镇冷库", "celsius": "5.0"}),
        (EventKind.STORED, {"store": "镇冷库", "celsius": "0"}, {"store": "镇冷库", "celsius": "-0.0"}),
        (EventKind.STORED, {"store": "镇 A1 库"}, {"store": "  镇  Ａ１\u3000库 "}),
        (EventKind.STORED, {"store": "镇冷库"}, {"store": "镇\u200b冷\u2060库\u3164"}),
        (EventKind.TREATED, SAID[EventKind.TREATED], {**SAID[EventKind.TREATED], "amount": "２０毫升"}),
        (
            EventKind.INSPECTED,
            SAID[EventKind.INSPECTED],
            {**SAID[EventKind.INSPECTED], "report": "2026－3381"},
        ),
    ],
)
def test_the_same_fact_in_other_letters_is_no_other_fact(
    stall: Stall, kind: EventKind, first: dict[str, str], again: dict[str, str]
) -> None:
    make_event(stall.lot, kind, first, by=stall.chief)
    with pytest.raises(AlreadyRecorded):
        make_event(stall.lot, kind, again, by=stall.chief)
    assert queries.history(lot_id=stall.lot.id).intact


@pytest.mark.parametrize("apart", [timedelta(microseconds=1), timedelta(seconds=-59)])
def test_the_same_fact_within_a_minute_is_of_the_same_moment(stall: Stall, apart: timedelta) -> None:
    make_event(stall.lot, EventKind.STORED, by=stall.chief)
    with pytest.raises(AlreadyRecorded):
        make_event(stall.lot, EventKind.STORED, by=stall.chief, at=NOW + apart)


def test_a_correction_in_other_letters_is_no_other_correction(stall: Stall) -> None:
    stored = correct(stall, EventKind.STORED)
    make_event(stall.lot, EventKind.CORRECTED, {"celsius": "3"}, by=stall.chief, corrects=stored)
    for again in ({"celsius": "3.0"}, {"celsius": 3}):
        with pytest.raises(AlreadyRecorded):
            make_event(stall.lot, EventKind.CORRECTED, again, by=stall.chief, corrects=stored)
    make_event(stall.lot, EventKind.CORRECTED, {"celsius": "3.1"}, by=stall.chief, corrects=stored)


def test_what_an_old_record_says_in_its_own_letters_is_not_said_again(stall: Stall) -> None:
    make_old_event(
        stall.lot, EventKind.TREATED, {"agent": "吡虫啉 ", "dose": "20  毫升", "interval_days": 14}
    )
    with pytest.raises(AlreadyRecorded):
        make_event(stall.lot, EventKind.TREATED, by=stall.chief)
    assert queries.history(lot_id=stall.lot.id).intact


def test_a_fact_is_kept_as_it_is_seen(stall: Stall) -> None:
    said = {"store": "  镇\u200b冷库（一） ", "celsius": "-0"}
    make_event(stall.lot, EventKind.STORED, said, by=stall.chief)
    kept = queries.history(lot_id=stall.lot.id).events[-1].facts
    assert kept == {"store": "镇冷库（一）", "celsius": "0.0"}


def test_another_moment_other_words_or_another_lot_are_no_repetition(stall: Stall) -> None:
    said = SAID[EventKind.STORED]
    make_event(stall.lot, EventKind.STORED, by=stall.chief)
    make_event(stall.lot, EventKind.STORED, by=stall.chief, at=NOW - timedelta(minutes=1))
    make_event(stall.lot, EventKind.STORED, {**said, "store": "村口冷库"}, by=stall.chief)
    other = make_lot(cooperative=stall.cooperative)
    make_event(other, EventKind.STORED, by=stall.chief)
    assert len(queries.history(lot_id=stall.lot.id).events) == 4


def test_the_platform_may_do_the_same_twice(stall: Stall) -> None:
    make_event(stall.lot, EventKind.PACKED)
    make_event(stall.lot, EventKind.PACKED)
    assert len(queries.history(lot_id=stall.lot.id).events) == 3
