"""The bell and the list of messages: one's own, in one's language, without script."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox import queries as inbox
from tests.factories.accounts import NOW, make_county, make_person
from tests.factories.inbox import make_letter, send_message
from tests.factories.trade import make_buyer, make_sale
from tests.web.shared.clock import Turn
from tests.web.shared.reading import english_in, text_of


@pytest.fixture
def person(db: None, clock: Turn) -> Person:
    return make_person(county_id=make_county(), name="小满")


@pytest.fixture
def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("page", ["/", "/me/", "/lots/", "/lab/"])
def test_the_bell_counts_what_is_not_read(person: Person, browser: Client, page: str) -> None:
    quiet = browser.get(page).content.decode()
    assert 'href="/me/messages/"' in quiet
    assert "条未读" not in quiet
    inbox_operations.send(letters=[make_letter(person, once_key=str(n)) for n in range(2)], now=NOW)
    assert "我的消息：2 条未读" in browser.get(page).content.decode()


def test_the_bell_rings_in_a_live_room_too(db: None, clock: Turn) -> None:
    sale = make_sale()
    buyer, room = make_buyer(sale), f"/live/{sale.session.id}/"
    client = Client()
    assert "/me/messages/" not in client.get(room).content.decode()
    client.force_login(buyer)
    send_message(buyer)
    page = client.get(room).content.decode()
    assert "我的消息：1 条未读" in page
    assert "needs-script" not in page[: page.index("/me/messages/")].rpartition("<div")[2]


def test_a_visitor_has_no_bell(db: None) -> None:
    assert "/me/messages/" not in Client().get("/").content.decode()


def test_without_messages_the_page_says_what_will_stand_there(browser: Client) -> None:
    assert "没有消息" in browser.get("/me/messages/").content.decode()


def test_the_page_is_chinese_to_its_last_word_and_english_for_who_reads_that(
    person: Person, browser: Client
) -> None:
    inbox_operations.send(letters=[make_letter(person, due=NOW + timedelta(days=1))], now=NOW)
    inbox_operations.mark_read(by=person, message_id=send_message(person, once_key="old"), now=NOW)
    assert english_in(browser.get("/me/messages/").content.decode()) == []
    browser.cookies["django_language"] = "en"
    page = text_of(browser.get("/me/messages/").content.decode())
    assert "The sale of lot 桃-1 was stopped." in page
    assert "Answer by:" in page


def test_looking_at_it_marks_it_read_and_leads_there(person: Person, browser: Client) -> None:
    one = send_message(person)
    answer = browser.post(f"/me/messages/{one}/read", {"look": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/lots/1/")
    assert inbox.unread_count(person_id=person.pk) == 0


def test_one_is_marked_read_and_then_all(person: Person, browser: Client) -> None:
    ids = [send_message(person, once_key=str(n)) for n in range(3)]
    assert browser.post(f"/me/messages/{ids[0]}/read")["Location"] == "/me/messages/"
    assert inbox.unread_count(person_id=person.pk) == 2
    assert browser.post("/me/messages/read")["Location"] == "/me/messages/"
    page = browser.get("/me/messages/").content.decode()
    assert "未读" not in page
    assert 'action="/me/messages/read"' not in page


def test_anothers_message_is_not_there(person: Person, browser: Client) -> None:
    stranger = make_person(county_id=person.county_id or 0)
    one = send_message(stranger)
    assert browser.post(f"/me/messages/{one}/read", {"look": "1"}).status_code == 404
    assert inbox.unread_count(person_id=stranger.pk) == 1


def test_more_than_a_page_is_paged_and_costs_no_more(
    person: Person, browser: Client, django_assert_max_num_queries: Any
) -> None:
    inbox_operations.send(letters=[make_letter(person, once_key=str(n)) for n in range(45)], now=NOW)
    with django_assert_max_num_queries(8):
        first = browser.get("/me/messages/").content.decode()
    assert first.count("批次 桃-1 已停止销售") == 20
    assert browser.get("/me/messages/?page=3").content.decode().count("批次 桃-1 已停止销售") == 5
