"""Planning a session, its run sheet before it begins, moving it, calling it off."""

from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.agreements import operations as agreements_operations
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.trade import queries as trade
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.market import Stall, make_stall
from tests.factories.terms import make_terms
from tests.factories.trade import make_offer, make_sale, make_session
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db


def fill(stall: Stall, client: Client, **changes: Any) -> dict[str, Any]:
    """What a browser sends of a plan."""
    shown = hidden(client.get("/studio/new/"))
    filled = {
        "cooperative": stall.cooperative.id,
        "agreement": stall.version.id,
        "title": "黄桃专场",
        "starts_at": "2026-11-22T19:30",
    }
    return {**shown, **filled, **changes}


def plan(stall: Stall, client: Client, **changes: Any) -> Any:
    """Send a plan."""
    return client.post("/studio/new/", fill(stall, client, **changes))


def how_many(stall: Stall) -> int:
    """The host's sessions."""
    return live.sessions(county_id=stall.county_id, host_id=stall.host.id).total


def test_a_host_plans_a_session_of_their_own() -> None:
    stall = make_stall()
    response = plan(stall, browser(stall.presenter))
    session = live.sessions(county_id=stall.county_id, host_id=stall.host.id).items[0]
    assert response["Location"] == f"/studio/sessions/{session.id}/"
    assert (session.organiser_id, session.host_id) == (stall.host.id, stall.host.id)
    assert (session.cooperative_id, session.agreement_version_id) == (stall.cooperative.id, stall.version.id)
    assert session.starts_at.isoformat() == "2026-11-22T11:30:00+00:00"


def test_a_plan_wears_the_picture_of_the_hosts_last_session() -> None:
    stall = make_stall()
    last = make_session(stall, open_=False)
    live_operations.edit(by=stall.chief, session_id=last.id, cover="covers/orchard", clip="orchard", now=NOW)
    response = plan(stall, browser(stall.presenter))
    session = live.session(session_id=int(response["Location"].split("/")[-2]))
    assert (session.cover, session.clip) == ("covers/orchard", "orchard")


def test_a_public_benefit_agreement_makes_a_public_benefit_session() -> None:
    stall = make_stall(terms=make_terms(public_benefit=True))
    response = plan(stall, browser(stall.presenter))
    assert live.session(session_id=int(response["Location"].split("/")[-2])).public_benefit
    assert "a public-benefit session" in words(browser(stall.presenter).get(response["Location"]))


def test_a_plan_sent_twice_is_one_session() -> None:
    stall = make_stall()
    client = browser(stall.presenter)
    form = fill(stall, client)
    first, second = (client.post("/studio/new/", form) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert how_many(stall) == 1


NO_PLANS = (
    ({"title": ""}, "title"),
    ({"title": "长" * 61}, "title"),
    ({"title": "\u200f"}, "title"),
    ({"starts_at": "2026-11-21T19:30"}, "starts_at"),
    ({"starts_at": "2029-01-01T19:30"}, "starts_at"),
    ({"starts_at": "tonight"}, "starts_at"),
    ({"agreement": "999999"}, "agreement"),
    ({"cooperative": "999999"}, "cooperative"),
)


def test_a_plan_that_cannot_be_is_refused_beside_its_field_and_nothing_typed_is_lost() -> None:
    stall = make_stall()
    client = browser(stall.presenter)
    for changes, field in NO_PLANS:
        response = plan(stall, client, **changes)
        assert response.status_code == 422, changes
        assert error_beside(response, field), changes
        if field != "title":
            assert typed(response, "title") == "黄桃专场"
    assert how_many(stall) == 0


def test_an_agreement_with_another_cooperative_is_refused_beside_it() -> None:
    stall = make_stall()
    other = make_organisation(county_id=stall.county_id, kind=OrganisationKind.COOPERATIVE, name="云岭合作社")
    theirs = agreements_operations.create_agreement(
        by=make_member(organisation=other),
        county_id=stall.county_id,
        name="云岭协议",
        cooperative_id=other.id,
        host_id=stall.host.id,
        carrier_id=stall.carrier.id,
        terms=make_terms(product_code=stall.lot.product.code),
        now=NOW,
    )
    response = plan(stall, browser(stall.presenter), agreement=theirs.id)
    assert "with another cooperative" in error_beside(response, "agreement")


def test_a_host_without_an_agreement_is_told_how_to_come_by_one() -> None:
    county = make_stall().county_id
    alone = make_organisation(county_id=county, kind=OrganisationKind.HOST, name="新主播")
    page = browser(make_member(organisation=alone)).get("/studio/new/")
    assert "No agreement yet" in words(page)
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]


def test_someone_who_only_helps_cannot_plan() -> None:
    stall = make_stall()
    helper = browser(make_member(organisation=stall.host, role=Role.STAFF))
    assert "Planning is for the host's owner and managers" in words(helper.get("/studio/new/"))
    form = fill(stall, browser(stall.presenter))
    assert helper.post("/studio/new/", form).status_code == 404
    assert how_many(stall) == 0


def test_the_run_sheet_lists_what_will_be_sold_in_order_with_what_is_agreed() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    make_offer(stall, session, title="第二样", position=2)
    make_offer(stall, session, title="第一样", position=1)
    text = words(browser(stall.presenter, language=CHINESE).get(f"/studio/sessions/{session.id}/"))
    assert text.index("第一样") < text.index("第二样")
    assert "销售额的 8%" in text
    assert "给他们留 15 分钟" in text


def test_two_plans_close_together_are_pointed_out() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    client = browser(stall.presenter)
    assert "Two sessions close together" not in words(client.get(f"/studio/sessions/{session.id}/"))
    plan(stall, client, title="紧挨着的场", starts_at="2026-11-22T15:00")
    text = words(client.get(f"/studio/sessions/{session.id}/"))
    assert "“紧挨着的场” is planned for" in text


def test_a_plan_is_given_another_title_and_time() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    client = browser(stall.presenter)
    address = f"/studio/sessions/{session.id}/edit/"
    assert typed(client.get(address), "title") == session.title
    client.post(address, {"title": "改了名", "starts_at": "2026-11-23T20:00"})
    moved = live.session(session_id=session.id)
    assert (moved.title, moved.starts_at.isoformat()) == ("改了名", "2026-11-23T12:00:00+00:00")


@pytest.mark.parametrize(
    ("changes", "field"), [({"title": " "}, "title"), ({"starts_at": "2020-01-01T10:00"}, "starts_at")]
)
def test_a_wrong_change_is_refused_beside_its_field(changes: dict[str, str], field: str) -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    form = {"title": "改了名", "starts_at": "2026-11-23T20:00", **changes}
    response = browser(stall.presenter).post(f"/studio/sessions/{session.id}/edit/", form)
    assert response.status_code == 422
    assert error_beside(response, field)
    assert live.session(session_id=session.id).title == session.title


def test_a_session_that_has_begun_cannot_be_moved_and_the_form_says_why() -> None:
    sale = make_sale()
    form = {"title": "改了名", "starts_at": "2026-11-23T20:00"}
    response = browser(sale.stall.presenter).post(f"/studio/sessions/{sale.session.id}/edit/", form)
    assert response.status_code == 422
    assert "This session is no longer waiting to begin." in words(response)
    assert typed(response, "title") == "改了名"


def test_calling_off_frees_what_was_set_aside_and_stays_on_record() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    make_offer(stall, session)
    client = browser(stall.presenter)
    page = client.post(f"/studio/sessions/{session.id}/cancel", follow=True)
    assert "This session was called off" in words(page)
    assert live.session(session_id=session.id).state == SessionState.CANCELLED
    assert trade.stock(lot_id=stall.lot.id).free == 1000
    again = client.post(f"/studio/sessions/{session.id}/cancel", follow=True)
    assert "This session is no longer waiting to begin." in words(again)


def test_going_live_twice_says_that_it_has_begun() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    client = browser(stall.presenter)
    client.post(f"/studio/sessions/{session.id}/open")
    again = client.post(f"/studio/sessions/{session.id}/open", follow=True)
    assert "This session is no longer waiting to begin." in words(again)


def test_two_sessions_of_a_host_are_not_live_at_once() -> None:
    sale = make_sale()
    second = make_session(sale.stall, open_=False)
    refused = browser(sale.stall.presenter).post(f"/studio/sessions/{second.id}/open", follow=True)
    assert "is already live in another session. End that session first." in words(refused)
    assert live.session(session_id=second.id).state == SessionState.PLANNED


def test_while_new_terms_wait_for_a_consent_the_ones_that_stand_can_be_chosen_too() -> None:
    stall = make_stall()
    waiting = agreements_operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=stall.version.terms, now=NOW
    )
    client = browser(stall.presenter)
    shown = client.get("/studio/new/").content.decode()
    assert f'value="{stall.version.id}"' in shown
    assert f'value="{waiting.id}"' in shown
    assert "version 2 (not agreed by everyone yet)" in shown
    plan(stall, client)
    session = live.sessions(county_id=stall.county_id, host_id=stall.host.id).items[0]
    assert session.agreement_version_id == stall.version.id
