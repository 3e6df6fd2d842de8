"""A planned session is shown to everyone once it is agreed and has goods; before that its people see what it needs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fieldcast.agreements import operations as agreements_operations
from fieldcast.live import operations as live_operations
from fieldcast.live.types import SessionView
from fieldcast.trade import operations as trade_operations
from tests.factories.market import Stall, make_stall
from tests.factories.trade import make_offer

pytestmark = pytest.mark.django_db
PAGES = ("/", "/live/")


def plan(stall: Stall, *, version_id: int | None = None) -> SessionView:
    """A plan for tomorrow."""
    now = timezone.now()
    return trade_operations.plan_session(
        by=stall.presenter,
        organiser_id=stall.host.id,
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        agreement_version_id=version_id or stall.version.id,
        title="空场试试",
        starts_at=now + timedelta(days=1),
        now=now,
    )


def shown(path: str) -> bool:
    """Does everyone see it there?"""
    return "空场试试" in Client().get(path).content.decode()


def test_a_session_without_goods_is_on_no_public_page_and_has_no_countdown() -> None:
    stall = make_stall()
    session = plan(stall)
    room = f"/live/{session.id}/"
    assert not any(shown(path) for path in PAGES)
    html = Client().get(room).content.decode()
    assert "还在准备" in html
    assert "data-until" not in html
    make_offer(stall, session)
    assert all(shown(path) for path in PAGES)
    assert "data-until" in Client().get(room).content.decode()


def test_a_session_under_terms_that_someone_has_not_agreed_to_is_on_no_public_page() -> None:
    stall = make_stall()
    waiting = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=stall.version.terms, now=timezone.now()
    )
    session = plan(stall, version_id=waiting.id)
    make_offer(stall, session)
    assert not any(shown(path) for path in PAGES)
    for person, party in ((stall.presenter, stall.host), (stall.driver, stall.carrier)):
        agreements_operations.consent(
            by=person, version_id=waiting.id, organisation_id=party.id, now=timezone.now()
        )
    assert all(shown(path) for path in PAGES)


def test_followers_are_told_once_there_is_something_to_buy() -> None:
    stall = make_stall()
    session = plan(stall)
    assert trade_operations.announce_due(now=timezone.now()) == 0
    make_offer(stall, session)
    assert trade_operations.announce_due(now=timezone.now()) == 1
    assert trade_operations.announce_due(now=timezone.now()) == 0


def test_its_own_people_see_what_it_still_needs_and_the_way_there() -> None:
    stall = make_stall()
    session = plan(stall)
    client = Client()
    client.force_login(stall.presenter)
    assert f"/studio/sessions/{session.id}/" in client.get(f"/live/{session.id}/").content.decode()
    assert "只有你们看得到" in client.get(f"/studio/sessions/{session.id}/").content.decode()
    client.force_login(stall.chief)
    assert "只有你们看得到" in client.get(f"/coop/sessions/{session.id}/").content.decode()


def test_a_host_who_is_live_elsewhere_reads_so_on_the_session_with_the_way_there() -> None:
    stall = make_stall()
    first, second = plan(stall), plan(stall)
    live_operations.open_session(by=stall.presenter, session_id=first.id, now=timezone.now())
    for person, face in ((stall.presenter, "studio"), (stall.chief, "coop")):
        client = Client()
        client.force_login(person)
        html = client.get(f"/{face}/sessions/{second.id}/").content.decode()
        assert f'href="/{face}/sessions/{first.id}/"' in html
        assert f"/{face}/sessions/{second.id}/open" not in html


def test_going_live_while_live_elsewhere_comes_back_to_the_session_and_says_why() -> None:
    stall = make_stall()
    first, second = plan(stall), plan(stall)
    live_operations.open_session(by=stall.presenter, session_id=first.id, now=timezone.now())
    client = Client()
    client.force_login(stall.presenter)
    response = client.post(f"/studio/sessions/{second.id}/open", follow=True)
    assert response.redirect_chain == [(f"/studio/sessions/{second.id}/", 302)]
    assert "另一场" in response.content.decode()
