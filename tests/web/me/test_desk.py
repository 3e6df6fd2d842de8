"""What waits, on pages: late ones first and marked, answered in words, handed to a colleague who takes it or not."""

from datetime import timedelta

import pytest

from fieldcast.desk import queries as desk
from fieldcast.desk.types import ItemState, Owner
from tests.desk.matters import Office, make_item, make_office
from tests.factories.accounts import NOW
from tests.web.shared.desk import browser
from tests.web.shared.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def office() -> Office:
    return make_office()


def test_late_ones_come_first_and_say_so(office: Office) -> None:
    began = NOW - timedelta(days=30)
    make_item(office, subject="soon", now=began, due_at=NOW + timedelta(days=300))
    late = make_item(office, subject="late", now=began, due_at=NOW - timedelta(days=20))
    page = browser(office.manager).get("/coop/").content.decode()
    assert page.count("黄桃?") == 2
    assert page.index(f"/me/desk/{late.id}/") < page.index(f"/me/desk/{late.id - 1}/")
    assert page.count("<b>Late</b>") == 1
    assert "Nothing waits for you" in words(browser(office.packer).get("/coop/"))
    assert "黄桃?" in words(browser(office.manager).get("/me/"))


def test_holidays_that_nobody_knows_are_said(office: Office) -> None:
    item = make_item(office, now=NOW.replace(year=2090))
    assert "weekdays were counted" in words(browser(office.chief).get(f"/me/desk/{item.id}/"))
    assert "weekdays were counted" in words(browser(office.chief).get("/coop/"))


def test_it_is_handed_to_a_colleague_who_declines_and_then_takes_and_answers_it(office: Office) -> None:
    item = make_item(office)
    page, chief, manager = f"/me/desk/{item.id}/", browser(office.chief), browser(office.manager)
    shown = chief.get(page).content.decode()
    assert "经理" in shown
    assert "小工" not in shown  # who packs could not answer it
    chief.post(page, {"do": "hand_over", "to": office.manager.pk})
    assert "do you take it" in words(manager.get("/coop/"))
    assert "Say in a few words" in words(manager.post(page, {"do": "decline"}, follow=True))
    manager.post(page, {"do": "decline", "words": "出差"})
    assert "出差" in words(chief.get(page))
    chief.post(page, {"do": "hand_over", "to": office.manager.pk})
    manager.post(page, {"do": "accept"})
    assert chief.post(page, {"do": "answer", "words": "好"}).status_code == 404
    assert "It is written down" in words(
        manager.post(page, {"do": "answer", "words": "<b>办了"}, follow=True)
    )
    assert desk.item(item_id=item.id).state == ItemState.DONE
    assert "&lt;b&gt;办了" in manager.get(page).content.decode()
    assert "Nobody has to answer" in words(manager.post(page, {"do": "accept"}, follow=True))


def test_it_is_nobody_elses_page(office: Office) -> None:
    own = make_item(office, owner=Owner(person_id=office.packer.pk))
    page = f"/me/desk/{own.id}/"
    assert browser(office.packer).get(page).status_code == 200
    for method in ("get", "post"):
        assert getattr(browser(office.officer), method)(page).status_code == 404
    assert browser(office.packer).post(page, {"do": "hand_over", "to": "x"}, follow=True).status_code == 200
    assert desk.item(item_id=own.id).offered_to_id is None
