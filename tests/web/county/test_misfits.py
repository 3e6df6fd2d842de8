"""Notices that do not fit: they wait on the officer's desk, and the list of notices leads there."""

import re

import pytest

from fieldcast.desk import queries as desk
from fieldcast.desk.types import ItemState
from tests.factories.accounts import make_county
from tests.factories.trade import PRICE_FEN, paid_notice, place, send_notice
from tests.web.county.office import Desk, make_desk
from tests.web.shared.desk import CHINESE, browser, make_officer
from tests.web.shared.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def office() -> Desk:
    found = make_desk()
    send_notice(paid_notice(place(found.sale).order_id, amount_fen=PRICE_FEN - 1))
    return found


def test_it_waits_on_the_first_page_and_is_answered_with_words(office: Desk) -> None:
    first = office.get()
    assert "A payment notice does not fit our books: P" in words(first)
    assert "until 24 Nov 18:00" in words(first)
    (item,) = desk.waiting_for(person_id=office.officer.pk)
    notices = f"/county/notices/?outcome=mismatched#notice-{item.subject}"
    assert notices in first.content.decode()
    shown = office.client.get(notices).content.decode()
    (row,) = re.findall(rf'<tr id="notice-{item.subject}">.*?</tr>', shown, re.S)
    page = f"/me/desk/{item.id}/"
    assert page in row
    assert "Say what was done" in row
    assert "1 payment notice could not be used" in words(office.get("attention/"))
    assert "What was done, in a few words" in words(office.client.get(page))
    office.client.post(page, {"do": "answer", "words": "与支付方核对过"})
    assert desk.item(item_id=item.id).state == ItemState.DONE
    assert "与支付方核对过" in words(office.client.get(page))
    assert "What waits for me" not in words(office.get())
    assert "Say what was done" not in words(office.client.get(notices))
    assert page in office.client.get(notices).content.decode()
    assert "could not be used" not in words(office.get("attention/"))


def test_another_countys_officer_sees_neither(office: Desk) -> None:
    (item,) = desk.waiting_for(person_id=office.officer.pk)
    far = browser(make_officer(make_county("别的县")))
    assert far.get(f"/me/desk/{item.id}/").status_code == 404
    assert "What waits for me" not in words(far.get("/county/"))
    assert f"/me/desk/{item.id}/" not in far.get("/county/notices/").content.decode()


def test_it_is_said_in_chinese(office: Desk) -> None:
    page = words(browser(office.officer, language=CHINESE).get("/county/"))
    assert "有一条支付通知跟账对不上" in page
