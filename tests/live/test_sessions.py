"""A session is planned, goes live once and ends; or is called off before it began."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fieldcast.accounts.models import Person
from fieldcast.accounts.operations import set_standing
from fieldcast.accounts.types import OrganisationKind, Role, Standing
from fieldcast.kit.errors import NotFound
from fieldcast.live import loaders, operations, queries
from fieldcast.live.models import Session
from fieldcast.live.types import SessionState
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.live.rooms import make_crew, make_viewer, open_session, plan_session

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


def test_a_planned_session_waits_with_the_platform_s_hold() -> None:
    crew = make_crew()
    session = plan_session(crew, title="  黄桃\u202e 专场\n ")
    assert session.state == SessionState.PLANNED
    assert session.title == "黄桃 专场"
    assert session.hold_seconds == 900
    assert (session.host_name, session.opened_at, session.counts.likes) == ("果农秀兰", None, 0)


def test_the_host_may_plan_too_and_staff_may_not() -> None:
    crew = make_crew()
    planned = plan_session(crew, by=crew.presenter, organiser_id=crew.host.id)
    assert planned.organiser_id == crew.host.id
    packer = make_member(organisation=crew.cooperative, role=Role.STAFF)
    with pytest.raises(NotFound):
        plan_session(crew, by=packer)


def test_a_stranger_cannot_plan_for_a_cooperative() -> None:
    crew, other = make_crew(), make_crew()
    with pytest.raises(NotFound):
        plan_session(crew, by=other.chief)


def test_organisations_that_do_not_fit_are_refused() -> None:
    crew = make_crew()
    carrier = make_organisation(county_id=crew.county_id, kind=OrganisationKind.CARRIER)
    elsewhere = make_organisation(county_id=make_county(), kind=OrganisationKind.HOST)
    pairs: list[dict[str, Any]] = [
        {"host_id": carrier.id},
        {"host_id": elsewhere.id},
        {"organiser_id": carrier.id},
    ]
    for wrong in pairs:
        with pytest.raises(operations.WrongParties):
            plan_session(crew, **wrong)
    with pytest.raises(NotFound):
        plan_session(crew, host_id=10**9)


@pytest.mark.parametrize("start", [NOW - timedelta(hours=1), NOW + timedelta(days=400)])
def test_a_start_that_cannot_be_meant_is_refused(start: object) -> None:
    with pytest.raises(operations.BadStart):
        plan_session(make_crew(), starts_at=start)


def test_a_plan_without_a_name_or_with_an_endless_one_is_refused() -> None:
    crew = make_crew()
    with pytest.raises(operations.EmptyText):
        plan_session(crew, title=" \u200e\n")
    with pytest.raises(operations.TextTooLong):
        plan_session(crew, title="桃" * 61)
    with pytest.raises(operations.HoldOutsideRange):
        plan_session(crew, hold_seconds=3601)


def test_what_is_not_named_stays_when_a_plan_is_edited() -> None:
    crew = make_crew()
    session = plan_session(crew, cover="peach")
    edited = operations.edit(by=crew.chief, session_id=session.id, title="早桃", clip="orchard", now=NOW)
    assert (edited.title, edited.clip, edited.cover) == ("早桃", "orchard", "peach")
    moved = operations.reschedule(by=crew.presenter, session_id=session.id, starts_at=LATER, now=NOW)
    assert (moved.starts_at, moved.title) == (LATER, "早桃")


def test_a_live_session_can_no_longer_be_edited_or_called_off() -> None:
    crew = make_crew()
    session = open_session(crew)
    with pytest.raises(operations.NotPlanned):
        operations.edit(by=crew.chief, session_id=session.id, title="早桃", now=NOW)
    with pytest.raises(operations.NotPlanned):
        operations.cancel_session(by=crew.chief, session_id=session.id, now=NOW)


def test_a_session_opens_once_and_closes_once() -> None:
    crew = make_crew()
    session = plan_session(crew)
    opened = operations.open_session(by=crew.presenter, session_id=session.id, now=NOW)
    assert (opened.state, opened.opened_at) == (SessionState.LIVE, NOW)
    with pytest.raises(operations.NotPlanned):
        operations.open_session(by=crew.presenter, session_id=session.id, now=NOW)
    closed = operations.close_session(by=crew.chief, session_id=session.id, now=LATER)
    assert (closed.state, closed.closed_at, closed.explaining_offer_id) == (SessionState.ENDED, LATER, None)
    with pytest.raises(operations.SessionNotLive):
        operations.close_session(by=crew.chief, session_id=session.id, now=LATER)


def test_a_host_is_live_in_one_session_at_a_time() -> None:
    crew = make_crew()
    open_session(crew)
    second = plan_session(crew)
    with pytest.raises(operations.AlreadyLive):
        operations.open_session(by=crew.presenter, session_id=second.id, now=NOW)


def test_the_database_itself_refuses_a_second_live_session() -> None:
    crew = make_crew()
    open_session(crew)
    second = plan_session(crew)
    with pytest.raises(IntegrityError, match="host_live_once_at_a_time"), transaction.atomic():
        Session.objects.filter(id=second.id).update(state="live", opened_at=NOW)


def test_after_the_first_has_ended_the_host_may_go_live_again() -> None:
    crew = make_crew()
    operations.close_session(by=crew.chief, session_id=open_session(crew).id, now=LATER)
    assert open_session(crew, now=LATER).state == SessionState.LIVE


@pytest.mark.parametrize("who", ["host", "cooperative"])
def test_nobody_goes_live_whose_standing_is_suspended(who: str) -> None:
    crew = make_crew()
    session = plan_session(crew)
    party = getattr(crew, who)
    set_standing(by=None, organisation_id=party.id, standing=Standing.SUSPENDED, reason="虚假宣传", now=NOW)
    with pytest.raises(operations.HostSuspended) as refusal:
        operations.open_session(by=crew.presenter, session_id=session.id, now=NOW)
    assert party.name in refusal.value.message
    assert queries.session(session_id=session.id).state == SessionState.PLANNED


def test_a_session_called_off_is_seen_only_by_those_who_run_it() -> None:
    crew = make_crew()
    session = plan_session(crew)
    cancelled = operations.cancel_session(by=crew.chief, session_id=session.id, now=NOW)
    assert cancelled.state == SessionState.CANCELLED
    assert loaders.load_session(by=crew.presenter, session_id=session.id) == cancelled
    with pytest.raises(NotFound):
        loaders.load_session(by=make_viewer(crew), session_id=session.id)


def test_a_plan_is_listed_for_everyone_once_it_is_announced() -> None:
    crew = make_crew()
    session, stranger = plan_session(crew), make_viewer(crew)

    def listed(by: Person) -> list[int]:
        return [one.id for one in loaders.load_sessions(by=by, county_id=crew.county_id).items]

    assert (listed(crew.presenter), listed(stranger)) == ([session.id], [])
    operations.announce(session_ids=[session.id], now=NOW)
    assert listed(stranger) == [session.id]


def test_anyone_sees_a_session_and_only_its_people_run_it() -> None:
    crew, other = make_crew(), make_crew()
    session = open_session(crew)
    stranger = make_person(county_id=crew.county_id)
    assert loaders.load_session(by=stranger, session_id=session.id).id == session.id
    for person in (stranger, other.chief, make_member(organisation=crew.host, role=Role.STAFF)):
        with pytest.raises(NotFound):
            loaders.load_session_to_run(by=person, session_id=session.id)
        with pytest.raises(NotFound):
            operations.close_session(by=person, session_id=session.id, now=NOW)
    assert loaders.load_session_to_run(by=crew.presenter, session_id=session.id).id == session.id


def test_explaining_follows_the_host_only_while_live() -> None:
    crew = make_crew()
    session = plan_session(crew)
    with pytest.raises(operations.SessionNotLive):
        operations.explain(by=crew.presenter, session_id=session.id, offer_id=7, now=NOW)
    operations.open_session(by=crew.presenter, session_id=session.id, now=NOW)
    shown = operations.explain(by=crew.presenter, session_id=session.id, offer_id=7, now=NOW)
    assert shown.explaining_offer_id == 7
    hidden = operations.explain(by=crew.presenter, session_id=session.id, offer_id=None, now=NOW)
    assert hidden.explaining_offer_id is None


def test_lists_tell_live_coming_and_past_apart() -> None:
    crew = make_crew()
    past = open_session(crew)
    operations.close_session(by=crew.chief, session_id=past.id, now=LATER)
    running = open_session(crew, now=LATER)
    soon = plan_session(crew, starts_at=LATER + timedelta(hours=1), now=LATER)
    late = plan_session(crew, starts_at=LATER - timedelta(minutes=5), now=LATER)
    forgotten = plan_session(crew)
    assert [one.id for one in queries.live_now(county_id=crew.county_id)] == [running.id]
    morning_after = forgotten.starts_at + timedelta(hours=3, minutes=1)
    coming = queries.coming(county_id=crew.county_id, now=morning_after)
    assert [one.id for one in coming] == [late.id, soon.id]
    ended = queries.sessions(county_id=crew.county_id, state=SessionState.ENDED)
    assert [one.id for one in ended.items] == [past.id]
    assert queries.hosted(host_id=crew.host.id) == 1
    assert [one.id for one in queries.plans_of_host(host_id=crew.host.id, now=LATER, limit=4)] == [soon.id]


def test_sessions_are_found_by_any_organisation_that_takes_part() -> None:
    crew, other = make_crew(), make_crew()
    mine = plan_session(crew)
    plan_session(other)
    for organisation in (crew.host, crew.cooperative):
        found = queries.sessions(county_id=crew.county_id, organisation_id=organisation.id)
        assert [one.id for one in found.items] == [mine.id]
    assert queries.sessions(county_id=crew.county_id, until=NOW).total == 0
    assert queries.sessions(county_id=crew.county_id, since=NOW, host_id=crew.host.id).total == 1


def test_plans_close_to_each_other_are_pointed_out() -> None:
    crew = make_crew()
    first = plan_session(crew)
    near = queries.near_in_time(host_id=crew.host.id, starts_at=first.starts_at + timedelta(minutes=90))
    assert [one.id for one in near] == [first.id]
    assert not queries.near_in_time(host_id=crew.host.id, starts_at=first.starts_at, but=first.id)
    far = first.starts_at + timedelta(hours=3)
    assert not queries.near_in_time(host_id=crew.host.id, starts_at=far)


def test_a_chinese_title_is_the_hosts_name_to_who_reads_english() -> None:
    crew = make_crew()
    chinese, english = (plan_session(crew, title=title) for title in ("黄桃专场", "Peaches, first round"))
    assert replace(chinese, host_name_en="Xiulan").title_en == "Live with Xiulan"
    assert (
        replace(chinese, host_name_en="").title_en == replace(english, host_name_en="Xiulan").title_en == ""
    )
