"""Sessions: planning one, its page, opening, ending and calling it off."""

from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts.operations import set_standing
from fieldcast.accounts.types import Standing
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.supervision.operations import report_sales
from fieldcast.trade import queries as trade
from tests.factories.accounts import NOW
from tests.factories.market import Stall, make_stall
from tests.factories.trade import make_offer, make_order, make_sale, make_session
from tests.web.shared.desk import CHINESE, browser, settled_sale
from tests.web.shared.reading import error_beside, hidden, typed, words

pytestmark = pytest.mark.django_db


def plan(stall: Stall, client: Client, **changes: Any) -> Any:
    """Fill in the plan and send it."""
    filled = {"agreement": stall.version.id, "title": "黄桃专场", "starts_at": "2026-11-22T19:30"}
    return client.post(
        "/coop/sessions/new/", {**hidden(client.get("/coop/sessions/new/")), **filled, **changes}
    )


def planned(stall: Stall) -> int:
    """How many sessions the cooperative has."""
    return live.sessions(county_id=stall.county_id, cooperative_id=stall.cooperative.id).total


def test_a_session_is_planned_with_the_host_of_the_agreement() -> None:
    stall = make_stall()
    response = plan(stall, browser(stall.chief))
    session = live.sessions(county_id=stall.county_id, cooperative_id=stall.cooperative.id).items[0]
    assert response["Location"] == f"/coop/sessions/{session.id}/"
    assert (session.host_id, session.organiser_id) == (stall.host.id, stall.cooperative.id)
    assert session.agreement_version_id == stall.version.id
    assert session.starts_at.isoformat() == "2026-11-22T11:30:00+00:00"


def test_a_plan_wears_the_picture_and_clip_of_the_pairs_last_session() -> None:
    stall = make_stall()
    dressed = make_session(stall, open_=False)
    live_operations.edit(
        by=stall.chief, session_id=dressed.id, cover="covers/orchard", clip="orchard", now=NOW
    )
    response = plan(stall, browser(stall.chief))
    session = live.session(session_id=int(response["Location"].split("/")[-2]))
    assert (session.cover, session.clip) == ("covers/orchard", "orchard")


def test_a_plan_sent_twice_is_one_session() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    form = {
        **hidden(client.get("/coop/sessions/new/")),
        "agreement": stall.version.id,
        "title": "黄桃专场",
        "starts_at": "2026-11-22T19:30",
    }
    first, second = (client.post("/coop/sessions/new/", form) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert planned(stall) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 61}, "title"),
        ({"starts_at": "2026-11-21T19:30"}, "starts_at"),
        ({"starts_at": "2029-01-01T19:30"}, "starts_at"),
        ({"starts_at": "tonight"}, "starts_at"),
        ({"agreement": "999999"}, "agreement"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_beside_its_field(changes: dict[str, str], field: str) -> None:
    stall = make_stall()
    response = plan(stall, browser(stall.chief), **changes)
    assert response.status_code == 422
    assert error_beside(response, field)
    assert planned(stall) == 0


def test_what_was_typed_stands_when_a_plan_is_refused() -> None:
    stall = make_stall()
    response = plan(stall, browser(stall.chief), starts_at="2026-11-21T19:30")
    assert typed(response, "title") == "黄桃专场"
    assert typed(response, "starts_at") == "2026-11-21T19:30"


def test_a_cooperative_without_an_agreement_is_led_to_one() -> None:
    from fieldcast.accounts.types import OrganisationKind
    from tests.factories.accounts import make_county, make_member, make_organisation

    lonely = make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    response = browser(make_member(organisation=lonely)).get("/coop/sessions/new/")
    assert "No agreement with a host yet" in words(response)
    assert 'href="/coop/agreements/new/"' in response.content.decode()


def test_a_host_with_another_session_close_by_is_pointed_out() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    plan(stall, client)
    response = client.get(plan(stall, client, title="晚场", starts_at="2026-11-22T20:30")["Location"])
    assert "The host has another session close by" in words(response)
    assert "2026-11-22 19:30" in words(response)


def test_a_session_shows_what_it_sold_beside_what_was_recorded() -> None:
    sale = make_sale()
    make_order(sale, until="shipped", packs=2)
    make_order(sale, until="reserved")
    report_sales(by=sale.stall.presenter, session_id=sale.session.id, packs=5, amount_fen=19900, now=NOW)
    text = words(browser(sale.stall.chief).get(f"/coop/sessions/{sale.session.id}/"))
    assert "Paid for ¥79.60" in text
    assert "2 / 100 1 97 ¥79.60 On sale" in text  # sold, held, left
    assert "They differ" in text
    assert "Packs 5 3 2 2" in text
    assert "Amount ¥199.00 ¥119.40 ¥79.60 ¥79.60" in text


def test_without_a_report_nothing_is_said_to_agree() -> None:
    sale = make_sale()
    text = words(browser(sale.stall.chief).get(f"/coop/sessions/{sale.session.id}/"))
    assert "No report yet" in text
    assert "Packs — 0 0 0" in text


def test_a_settled_session_shows_where_each_yuan_went_and_leads_to_the_statement() -> None:
    sale = settled_sale()
    response = browser(sale.stall.chief).get(f"/coop/sessions/{sale.session.id}/")
    assert "Farmer ¥" in words(response)
    assert "Statement J" in words(response)


def test_opening_and_ending_a_session() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    make_offer(stall, session)
    client, page = browser(stall.chief), f"/coop/sessions/{session.id}/"
    opened = client.post(f"{page}open/", follow=True)
    assert live.session(session_id=session.id).state == SessionState.LIVE
    assert "“河湾黄桃 早采现发” is live." in words(opened)
    assert 'data-confirm="End this session?"' in opened.content.decode()
    client.post(f"{page}end/")
    assert live.session(session_id=session.id).state == SessionState.ENDED
    assert trade.stock(lot_id=stall.lot.id).free == 1000


def test_calling_a_session_off_frees_what_was_set_aside() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    make_offer(stall, session)
    response = browser(stall.chief).post(f"/coop/sessions/{session.id}/cancel/", follow=True)
    assert live.session(session_id=session.id).state == SessionState.CANCELLED
    assert trade.stock(lot_id=stall.lot.id).free == 1000
    assert "The session is called off." in words(response)


def test_a_session_that_moved_on_is_not_opened_again() -> None:
    sale = make_sale()
    response = browser(sale.stall.chief).post(f"/coop/sessions/{sale.session.id}/open/", follow=True)
    assert "This session is no longer waiting to begin." in words(response)


def test_a_suspended_host_does_not_go_live() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    set_standing(
        by=None, organisation_id=stall.host.id, standing=Standing.SUSPENDED, reason="夸大宣传", now=NOW
    )
    response = browser(stall.chief).post(f"/coop/sessions/{session.id}/open/", follow=True)
    assert "may not go live at the moment" in words(response)
    assert live.session(session_id=session.id).state == SessionState.PLANNED


def test_title_and_time_change_while_nothing_has_begun() -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    client, page = browser(stall.chief), f"/coop/sessions/{session.id}/edit/"
    assert typed(client.get(page), "title") == session.title
    client.post(page, {"title": "晚场", "starts_at": "2026-11-23T20:00"})
    changed = live.session(session_id=session.id)
    assert (changed.title, changed.starts_at.isoformat()) == ("晚场", "2026-11-23T12:00:00+00:00")
    late = client.post(page, {"title": "晚场", "starts_at": "2020-01-01T20:00"})
    assert late.status_code == 422
    assert error_beside(late, "starts_at")


def test_sessions_are_listed_by_state() -> None:
    stall = make_stall()
    make_session(stall)
    make_session(stall, open_=False)
    client = browser(stall.chief)
    assert words(client.get("/coop/sessions/")).count("Live with Qingshan") == 2
    assert words(client.get("/coop/sessions/?state=live")).count("Live with Qingshan") == 1
    assert "No such session" in words(client.get("/coop/sessions/?state=ended"))


def test_the_page_of_a_session_speaks_chinese() -> None:
    sale = make_sale()
    text = words(browser(sale.stall.chief, language=CHINESE).get(f"/coop/sessions/{sale.session.id}/"))
    assert "货单" in text
    assert "主播报的和系统记的 还没有上报" in text
