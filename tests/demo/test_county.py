"""The demo county breaks no rule of the house, and is as large as it says, in a month in which little is picked too.

It stands on any day: these look at it in May, whoever walks it in a browser at that of today.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any
from unittest.mock import patch

import pytest
from django.test import override_settings
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.demo import studio
from fieldcast.demo.cast import make_cast
from fieldcast.demo.company import company
from fieldcast.demo.goods import BY_CODE, Keeping
from fieldcast.demo.load import load_demo
from fieldcast.demo.people import SHOWN_CONSUMERS, groups, may_sign_in_as, sign_in_table
from fieldcast.desk import queries as desk
from fieldcast.joining import queries as joining
from fieldcast.joining.queries import JoinWhich
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.outside import queries as outside
from fieldcast.outside.types import OutsideFilter
from fieldcast.people.queries import household_incomes
from fieldcast.supervision.queries import attention, invariants, verify_sessions
from fieldcast.trace import queries as trace
from fieldcast.trace.types import EventKind
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OrderState
from tests.demo.loading import loaded
from tests.demo.settled_past import KEPT, settled_past

# thorough: the county takes a quarter of a minute to load, and all of these look at the same one
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NOW = datetime(2026, 5, 15, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def county_id(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """One county for all: loading it takes seconds, and these tests only look at it."""
    with loaded(django_db_blocker, NOW) as found:
        yield found


def test_the_county_is_as_large_as_it_says(county_id: int) -> None:
    kinds = {kind: len(accounts.organisations(county_id=county_id, kind=kind)) for kind in OrganisationKind}
    assert kinds == {
        OrganisationKind.HOUSEHOLD: 60,
        OrganisationKind.COOPERATIVE: 3,
        OrganisationKind.HOST: 8,
        OrganisationKind.CARRIER: 2,
        OrganisationKind.SERVICE_CENTRE: 1,
        OrganisationKind.TESTING_STATION: 1,
        OrganisationKind.AUTHORITY: 1,
        OrganisationKind.COMPANY: 3,  # an association with a brand, a host agency, an insurer
    }
    assert len(accounts.village_ids(county_id=county_id)) == 6
    assert len(accounts.people(county_id=county_id, limit=500)) == 204  # shoppers, and four who want in
    assert 70 <= catalog.lots(county_id=county_id).total <= 90
    states = {state: live.sessions(county_id=county_id, state=state).total for state in SessionState}
    assert (states[SessionState.ENDED], states[SessionState.LIVE], states[SessionState.PLANNED]) == (12, 1, 2)


def test_the_live_session_sells_what_its_clip_shows(county_id: int) -> None:
    session = live.live_now(county_id=county_id)[0]
    offers = trade.offers_of_session(session_id=session.id)
    shown = next(clip.kind for clip in studio.clips(timezone.localdate(NOW)) if clip.name == session.clip)
    assert offers[0].picture == shown
    assert session.cover == f"covers/{shown}"
    assert len({offer.picture for offer in offers}) == len(offers)
    assert any(offer.sold for offer in offers)


def test_every_rule_of_the_house_holds_in_it(county_id: int) -> None:
    found = invariants(now=NOW)
    assert found.ok, found.details


def test_its_whole_past_is_settled_to_the_same_fen_as_ever(county_id: int) -> None:
    """What was sold stays settled as it was, however the clauses are written: `settled_past.json` says how."""
    assert settled_past(county_id=county_id) == json.loads(KEPT.read_text(encoding="utf-8"))


def test_most_hosts_reported_what_was_paid_for_and_one_reported_more(county_id: int) -> None:
    sessions = live.sessions(county_id=county_id, state=SessionState.ENDED).items
    found = [one.agrees for one in verify_sessions(sessions=sessions, now=NOW).values()]
    assert (found.count(True), found.count(False), found.count(None)) == (9, 1, 2)
    wrong = [one for one in attention(county_id=county_id, now=NOW) if one.kind == "reported_sales_differ"]
    assert [one.figure for one in wrong] == [6]


def test_one_cooperative_has_orders_from_elsewhere(county_id: int) -> None:
    first = accounts.organisations(county_id=county_id, kind=OrganisationKind.COOPERATIVE)[0]
    ours = outside.totals(which=OutsideFilter(county_id=county_id, organisation_id=first.id))
    assert ours.orders == outside.totals(which=OutsideFilter(county_id=county_id)).orders == 40
    assert ours.paid_orders < ours.orders
    assert 0 < ours.refund_fen < ours.paid_fen


def test_it_is_loaded_once_and_never_outside_demo_mode(county_id: int) -> None:
    with patch("fieldcast.demo.load.drawing_media"):
        assert not load_demo(seed=7, now=NOW)
    with override_settings(DEMO=False), pytest.raises(RuntimeError, match="demo mode"):
        load_demo(seed=7, now=NOW)


def test_the_people_to_sign_in_as_are_of_every_kind(county_id: int) -> None:
    found = groups(county_id=county_id)
    assert len(found) == 8
    assert all(group.people for group in found)
    assert len(sign_in_table()) >= 10
    someone = found[0].people[0]
    assert may_sign_in_as(county_id=county_id, person_id=someone.id)


def test_a_cast_has_a_county_of_its_own(county_id: int) -> None:
    before = catalog.lots(county_id=county_id).total, len(accounts.village_ids(county_id=county_id))
    cast = make_cast(buyers=3, now=NOW)
    assert cast.county_id != county_id
    assert before == (
        catalog.lots(county_id=county_id).total,
        len(accounts.village_ids(county_id=county_id)),
    )
    default = accounts.default_county()
    assert default is not None
    assert default.id == county_id
    assert cast.product_code == "yellow-peach"
    assert len({player.token for player in cast.buyers}) == 3
    assert accounts.person_by_token(secret=cast.chief.token, now=NOW) is not None


def lots_of(county_id: int) -> tuple[LotView, ...]:
    return catalog.lots(county_id=county_id, per_page=200).items


def test_what_is_sold_was_picked_in_its_season_and_still_keeps(county_id: int) -> None:
    lots = {lot.id: lot for lot in lots_of(county_id)}
    for session in live.sessions(county_id=county_id, per_page=50).items:
        for offer in trade.offers_of_session(session_id=session.id):
            lot = lots[offer.lot_id]
            good, age = (
                BY_CODE[lot.product.code],
                (timezone.localdate(session.starts_at) - lot.harvested_on).days,
            )
            assert good.is_picked(lot.harvested_on), lot
            assert 1 <= age <= good.keeps + 2, lot


def test_lots_are_as_large_as_what_was_sold_of_them(county_id: int) -> None:
    over = live.sessions(county_id=county_id, state=SessionState.ENDED).items
    sold_at = {
        offer.lot_id: one.starts_at for one in over for offer in trade.offers_of_session(session_id=one.id)
    }
    stocks = trade.stocks(lot_ids=set(sold_at))
    assert sum(one.sold for one in stocks.values()) > 0.85 * sum(one.harvested for one in stocks.values())
    spoilt = NOW - timedelta(days=12)  # what does not keep is gone ten days after its session
    gone = [lot_id for lot_id, at in sold_at.items() if at < spoilt]
    assert len(gone) > len(sold_at) // 3
    for lot in catalog.lots_by_ids(ids=gone).values():
        if BY_CODE[lot.product.code].keeping == Keeping.FRESH:
            assert not stocks[lot.id].free, lot


def test_most_households_earned_something_and_more_land_brought_more(county_id: int) -> None:
    incomes = household_incomes(county_id=county_id, since=NOW - timedelta(days=30), until=NOW)
    earned = [one.income_fen for one in incomes]
    assert len(earned) == 60
    assert sum(1 for fen in earned if fen) >= 45
    assert median(earned) > 10_000
    assert max(earned) > 3 * median(earned)


def test_the_testing_station_tests_and_one_lot_did_not_pass(county_id: int) -> None:
    stopped = []
    for lot in lots_of(county_id):
        history = trace.history(lot_id=lot.id).events
        tests = [one for one in history if one.kind == EventKind.INSPECTED]
        assert {one.actor for one in tests} == {"河湾县农产品质量检测站"}, lot
        assert min(one.at for one in tests) - history[0].at >= timedelta(hours=8)
        if lot.state == LotState.STOPPED:
            stopped.append(lot)
    assert len(stopped) == 1
    assert trace.verdicts(lot_ids=[stopped[0].id])[stopped[0].id].failed
    assert not trade.offers_of_lot(lot_id=stopped[0].id)


def test_histories_stand_in_the_order_of_their_times_and_agree_with_the_stock(county_id: int) -> None:
    lots = lots_of(county_id)
    stocks = trade.stocks(lot_ids=[lot.id for lot in lots])
    for lot in lots:
        history = trace.history(lot_id=lot.id).events
        assert [one.at for one in history] == sorted(one.at for one in history), lot
        sorted_out = sum(one.facts["sorted_out"] for one in history if one.kind == EventKind.GRADED)
        assert sorted_out <= stocks[lot.id].written_off if lot.id in stocks else not sorted_out


def test_the_first_shopper_has_an_order_in_each_state(county_id: int) -> None:
    shopper = groups(county_id=county_id)[0].people[0]
    orders = trade.orders_of_buyer(buyer_id=shopper.id, per_page=20).items
    assert {order.state for order in orders} >= {
        OrderState.RESERVED,
        OrderState.PAID,
        OrderState.PACKED,
        OrderState.SHIPPED,
        OrderState.RECEIVED,
        OrderState.CLOSED,
        OrderState.CANCELLED,
        OrderState.EXPIRED,
    }
    assert any(0 < order.refunded_fen < order.total_fen for order in orders)


def test_people_are_called_as_people_are(county_id: int) -> None:
    shown = [one.display_name for one in accounts.people(county_id=county_id, limit=500)]
    assert len(set(shown)) == len(shown) == 204
    assert not [name for name in shown if any(letter.isdigit() for letter in name)]


def test_viewers_are_none_of_those_one_can_be(county_id: int) -> None:
    found = company(county_id=county_id, count=24, now=NOW)
    shown = {person.id for group in groups(county_id=county_id) for person in group.people}
    assert len({one.id for one in found.viewers}) == 24
    assert not {one.id for one in found.viewers} & shown
    assert [*found.hosts] == [live.live_now(county_id=county_id)[0].id]
    assert SHOWN_CONSUMERS == 6


@pytest.mark.parametrize("name", ["王德福", "陈香莲", "马海涛", "刘建国", "方慧"])
def test_somebody_of_each_kind_has_something_on_their_desk(county_id: int, name: str) -> None:
    people = [person for group in groups(county_id=county_id) for person in group.people]
    someone = next(one.id for one in people if one.name == name)
    assert desk.waiting_for(person_id=someone)


def test_people_want_in_and_a_shopper_is_invited(county_id: int) -> None:
    clerk = accounts.people(county_id=county_id, organisation_kind=OrganisationKind.SERVICE_CENTRE)[0]
    kinds = sorted(one.kind.value for one in joining.waiting_for(person_id=clerk.pk).items)
    assert kinds == ["carrier", "host", "seller"]
    waits = joining.requests_to_answer(person_id=clerk.pk, now=NOW, which=JoinWhich.MORE_ASKED)
    assert [one.name for one in waits.items] == ["谢春生家"]
    shoppers = accounts.people(county_id=county_id, limit=SHOWN_CONSUMERS)
    assert any(joining.invitations_to(person_id=one.pk, now=NOW) for one in shoppers)
