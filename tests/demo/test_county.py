"""The demo county breaks no rule of the house, and is as large as it says."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.test import override_settings

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog import queries as catalog
from fieldcast.demo import studio
from fieldcast.demo.cast import make_cast
from fieldcast.demo.load import load_demo
from fieldcast.demo.people import groups, may_sign_in_as, sign_in_table
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.outside import queries as outside
from fieldcast.outside.types import OutsideFilter
from fieldcast.supervision.queries import attention, invariants, verify_sessions
from fieldcast.trade import queries as trade
from tests.demo.loading import loaded
from tests.demo.settled_past import KEPT, settled_past

# thorough: the county takes a quarter of a minute to load, and all of these look at the same one
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


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
        OrganisationKind.AUTHORITY: 1,
    }
    assert len(accounts.village_ids(county_id=county_id)) == 6
    assert len(accounts.people(county_id=county_id, limit=500)) == 300
    assert 38 <= catalog.lots(county_id=county_id).total <= 45
    states = {state: live.sessions(county_id=county_id, state=state).total for state in SessionState}
    assert (states[SessionState.ENDED], states[SessionState.LIVE], states[SessionState.PLANNED]) == (12, 1, 2)


def test_the_live_session_sells_what_its_clip_shows(county_id: int) -> None:
    session = live.live_now(county_id=county_id)[0]
    offers = trade.offers_of_session(session_id=session.id)
    shown = next(clip.kind for clip in studio.CLIPS if clip.name == session.clip)
    assert offers[0].picture == shown
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
    with patch("fieldcast.demo.load.prepare_media"):
        assert not load_demo(seed=7, now=NOW)
    with override_settings(DEMO=False), pytest.raises(RuntimeError, match="demo mode"):
        load_demo(seed=7, now=NOW)


def test_the_people_to_sign_in_as_are_of_every_kind(county_id: int) -> None:
    found = groups(county_id=county_id)
    assert len(found) == 7
    assert all(group.people for group in found)
    assert len(sign_in_table()) >= 10
    someone = found[0].people[0]
    assert may_sign_in_as(county_id=county_id, person_id=someone.id)


def test_a_cast_joins_the_county_with_goods_it_grows(county_id: int) -> None:
    cast = make_cast(buyers=3, now=NOW)
    assert cast.county_id == county_id
    assert cast.product_code == "yellow-peach"
    assert len({player.token for player in cast.buyers}) == 3
    assert accounts.person_by_token(secret=cast.chief.token, now=NOW) is not None
