"""The studio's first page: what to do now, and what the last sessions brought."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts.operations import set_standing
from fieldcast.accounts.types import OrganisationKind, Role, Standing
from fieldcast.live import operations as live_operations
from fieldcast.live.types import SessionState, SessionView
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW, make_member, make_organisation, make_person
from tests.factories.market import Stall, make_stall
from tests.factories.trade import later, make_offer, make_order, make_sale
from tests.web.shared.clock import Turn
from tests.web.shared.desk import ENGLISH, browser, settle
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


def planned(stall: Stall, title: str, *, days: float = 0) -> SessionView:
    """A session of the stall, some days from now."""
    return live_operations.plan(
        by=stall.presenter,
        organiser_id=stall.host.id,
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        agreement_version_id=stall.version.id,
        title=title,
        starts_at=NOW + timedelta(days=days),
        now=NOW,
    )


def today(stall: Stall) -> str:
    """What the presenter's first page says."""
    response = browser(stall.presenter).get("/studio/")
    assert response.status_code == 200
    return words(response)


def test_a_host_with_nothing_planned_is_led_to_plan() -> None:
    stall = make_stall()
    response = browser(stall.presenter).get("/studio/")
    assert 'class="go-live" href="/studio/new/"' in response.content.decode()
    assert "Your first session will show here what it sold." in words(response)


def test_the_next_session_is_one_touch_away_from_being_live() -> None:
    stall = make_stall()
    session = planned(stall, "黄桃专场")
    make_offer(stall, session)
    planned(stall, "后天的场", days=2)
    client = browser(stall.presenter)
    page = client.get("/studio/")
    assert f'action="/studio/sessions/{session.id}/open"' in page.content.decode()
    assert "1 product is ready" in words(page)
    assert "data-confirm" not in page.content.decode().split("go-live")[1].split("</form>")[0]
    assert client.post(f"/studio/sessions/{session.id}/open")["Location"] == f"/studio/sessions/{session.id}/"


def test_going_live_long_before_the_hour_or_without_goods_is_asked_about() -> None:
    stall = make_stall()
    session = planned(stall, "明晚的场", days=1)
    page = browser(stall.presenter).get("/studio/").content.decode()
    assert 'data-confirm="Go live with nothing on offer?"' in page
    make_offer(stall, session)
    page = browser(stall.presenter).get("/studio/").content.decode()
    assert 'data-confirm="It is planned for' in page


def test_a_session_a_few_minutes_late_is_still_the_next_one(clock: Turn) -> None:
    stall = make_stall()
    session = planned(stall, "黄桃专场")
    clock(later(40 * 60))
    page = browser(stall.presenter).get("/studio/").content.decode()
    assert f'action="/studio/sessions/{session.id}/open"' in page


def test_a_session_that_never_began_asks_to_be_moved_or_called_off(clock: Turn) -> None:
    stall = make_stall()
    planned(stall, "忘了开的场")
    clock(later(timedelta(hours=5).total_seconds()))
    text = today(stall)
    assert "忘了开的场" in text
    assert "and never begun" in text


def test_a_host_who_is_live_is_led_back_to_the_room() -> None:
    sale = make_sale()
    response = browser(sale.stall.presenter).get("/studio/")
    assert f'class="go-live" href="/studio/sessions/{sale.session.id}/"' in response.content.decode()
    assert "You are live" in words(response)


def test_the_last_sessions_say_what_they_sold_and_how_they_were_liked() -> None:
    sale = make_sale()
    live_operations.like(session_id=sale.session.id, count=12)
    make_order(sale, packs=2)
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(60))
    text = today(sale.stall)
    assert "¥79.60" in text
    assert "2 packs" in text
    assert "12" in text.split("2 packs")[1][:8]


def test_the_money_of_a_settled_session_is_on_the_first_page() -> None:
    sale = make_sale()
    settle(sale, packs=3)
    text = today(sale.stall)
    assert "paid out" in text
    assert "¥9.55" in text  # 8% of ¥119.40


def test_a_suspended_host_is_told_and_offered_no_way_to_go_live() -> None:
    stall = make_stall()
    session = planned(stall, "黄桃专场")
    set_standing(
        by=None, organisation_id=stall.host.id, standing=Standing.SUSPENDED, reason="夸大宣传", now=NOW
    )
    client = browser(stall.presenter)
    page = client.get("/studio/")
    assert "You may not go live at the moment" in words(page)
    assert "You can appeal it" in words(page)
    assert f"/studio/sessions/{session.id}/open" not in page.content.decode()
    refused = client.post(f"/studio/sessions/{session.id}/open", follow=True)
    assert f"{stall.host.name} may not go live at the moment." in words(refused)
    from fieldcast.live import queries as live

    assert live.session(session_id=session.id).state == SessionState.PLANNED


def test_someone_who_only_helps_sees_the_plans_and_no_buttons() -> None:
    stall = make_stall()
    planned(stall, "黄桃专场")
    helper = make_member(organisation=stall.host, role=Role.STAFF, name="助播")
    page = browser(helper).get("/studio/")
    assert "黄桃专场" in words(page)
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]


def test_who_works_for_two_hosts_chooses_one_and_stays_there() -> None:
    stall = make_stall()
    planned(stall, "甲的场")
    other = make_organisation(county_id=stall.county_id, kind=OrganisationKind.HOST, name="乙")
    from fieldcast.accounts.operations import add_member

    add_member(person_id=stall.presenter.pk, organisation_id=other.id, role=Role.OWNER)
    client = browser(stall.presenter)
    assert "甲的场" in words(client.get("/studio/"))
    assert "甲的场" not in words(client.get(f"/studio/?org={other.code}"))
    assert "甲的场" not in words(client.get("/studio/"))
    assert client.get("/studio/?org=nobody").status_code == 403


def test_a_studio_is_for_hosts() -> None:
    stall = make_stall()
    for person in (stall.chief, stall.driver, make_person(county_id=stall.county_id)):
        response = browser(person).get("/studio/")
        assert response.status_code == 403
        assert "This page is for hosts and their teams." in words(response)


@pytest.mark.parametrize("page", ["", "new/", "sessions/", "statements/"])
def test_a_stranger_is_asked_to_sign_in(page: str) -> None:
    from django.test import Client

    response = Client(headers=ENGLISH).get(f"/studio/{page}")
    assert response["Location"].startswith("/accounts/login/?next=/studio/")


def test_the_first_page_takes_as_many_statements_however_many_sessions_there_are() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    counts = []
    for number in range(3):
        planned(sale.stall, f"第 {number} 场", days=number + 1)
        make_order(sale)
        client.get("/studio/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/studio/")
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 22


def test_the_list_of_sessions_is_filtered_and_takes_as_many_statements_for_many() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    counts = []
    for number in range(3):
        planned(sale.stall, f"第 {number} 场", days=number + 1)
        with CaptureQueriesContext(connection) as asked:
            text = words(client.get("/studio/sessions/"))
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 14
    assert sale.session.title in text
    assert sale.session.title not in words(client.get("/studio/sessions/?state=planned"))
    assert sale.session.title in words(client.get("/studio/sessions/?state=nonsense"))
    assert "No session here" in words(client.get("/studio/sessions/?state=cancelled"))


def test_statements_are_listed_and_found_by_number_or_title() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    assert "No statement yet" in words(client.get("/studio/statements/"))
    settle(sale)
    assert sale.session.title_en in words(client.get("/studio/statements/"))
    assert sale.session.title_en in words(client.get("/studio/statements/?q=黄桃"))
    assert "No statement matches" in words(client.get("/studio/statements/?q=%00西瓜"))


def test_terms_that_wait_for_the_host_are_shown_until_agreed_to() -> None:
    stall = make_stall(agreed=False)
    client = browser(stall.presenter)
    assert "version 1, waits for your consent" in words(client.get("/studio/"))
    client.post(f"/coop/agreements/{stall.version.id}/consent/", {"organisation": stall.host.id})
    assert "waits for your consent" not in words(client.get("/studio/"))


def test_terms_that_wait_for_the_carrier_are_shown_beside_its_statements() -> None:
    stall = make_stall(agreed=False)
    client = browser(stall.driver)
    assert "version 1, waits for your consent" in words(client.get("/statements/carrier/"))
    client.post(f"/coop/agreements/{stall.version.id}/consent/", {"organisation": stall.carrier.id})
    assert "waits for your consent" not in words(client.get("/statements/carrier/"))
