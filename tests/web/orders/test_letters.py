"""Writing to a seller from an order, a lot and a room, answering at the cooperative's, reading what is late."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts import limits
from fieldcast.accounts.models import PersonalDataRead
from fieldcast.config.edge import sizes
from fieldcast.desk import operations as desk_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.models import Conversation, Letter
from fieldcast.trade.types import OrderView
from fieldcast.web.shared.words import full_time
from tests.factories.letters import QUESTION, make_letter
from tests.factories.trade import Sale, later, make_buyer, make_order, make_sale
from tests.files.pictures import SVG, orchard, saved
from tests.web.orders.shopping import Shopper, make_shopper
from tests.web.shared.clock import Turn
from tests.web.shared.desk import CHINESE, browser, make_officer, make_packer
from tests.web.shared.reading import english_in, error_beside, hidden, words

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sale(db: None, clock: Turn) -> Sale:
    return make_sale()


@pytest.fixture
def shopper(sale: Sale) -> Shopper:
    return make_shopper(sale)


@pytest.fixture
def order(sale: Sale, shopper: Shopper) -> OrderView:
    return make_order(sale, until="paid", by=shopper.person)


def page(client: Client, address: str) -> str:
    answer = client.get(address, headers=CHINESE)
    assert answer.status_code == 200, (address, answer.status_code)
    assert english_in(answer.content.decode()) == []
    return words(answer)


def send(client: Client, address: str, *, key: str = "", **sent: Any) -> Any:
    once = key or hidden(client.get(address))["once"]
    return client.post(address, {"words": QUESTION, "once": once, **sent}, headers=CHINESE)


def url(order: OrderView) -> str:
    return f"/me/orders/{order.number}/letters/"


def photo(shift: int = 0) -> SimpleUploadedFile:
    return SimpleUploadedFile("果.jpg", saved(orchard((96, 64), shift=shift)))


def test_a_buyer_writes_on_the_order_and_reads_until_when_it_is_answered(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    of_order = f"/me/orders/{order.number}/"
    assert "给卖家留言" in page(shopper.client, of_order)
    once = hidden(shopper.client.get(of_order))["once"]
    first, again = (
        send(shopper.client, url(order), key=once, photos=[photo(), photo(shift=40)]) for _one in range(2)
    )
    assert first["Location"] == again["Location"] == f"{url(order)}#latest"
    assert Letter.objects.count() == 1, "sent twice it is one letter"
    (letter,) = trade.letters_of(conversation_id=Conversation.objects.get().pk)
    assert len(letter.photos) == 2
    for where in (of_order, url(order)):
        said = page(shopper.client, where)
        assert QUESTION in said
        assert "前答复" in said
    small = shopper.client.get(f"/me/letters/photos/{letter.photos[0]}/?small")
    assert (small["Content-Type"], small["Cache-Control"]) == ("image/jpeg", "no-store")
    assert order.number in page(shopper.client, "/me/letters/")
    assert sizes.most(url(order)) == sizes.PHOTOS_TOGETHER + sizes.AROUND_A_FILE
    officer = browser(make_officer(sale.stall.county_id))
    assert QUESTION not in page(officer, f"/county/orders/{order.number}/")
    assert QUESTION not in words(officer.get(of_order)), "letters are not the county's to read with the order"


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    shopper: Shopper, order: OrderView, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = send(shopper.client, url(order), words=" \u200b ")
    assert (empty.status_code, error_beside(empty, "words")) == (422, "写点什么吧，光有照片不成留言。")
    bad = send(shopper.client, url(order), photos=[SimpleUploadedFile("x.jpg", SVG)])
    assert bad.status_code == 422
    assert QUESTION in bad.content.decode()
    assert "重新选一下照片" in words(bad)
    monkeypatch.setattr(limits, "LETTERS", limits.Rate("letters", 0, timedelta(hours=1)))
    many = send(shopper.client, url(order))
    assert many.status_code == 422
    assert QUESTION in many.content.decode()
    assert english_in(many.content.decode()) == []
    assert not Letter.objects.exists()


def test_before_buying_one_signs_in_writes_about_the_lot_and_numbers_are_hidden(
    sale: Sale, shopper: Shopper, client: Client
) -> None:
    lot = f"/lots/{sale.stall.lot.id}/"
    assert "登录后给合作社留言" in page(client, lot)
    assert client.get(f"{lot}letters/")["Location"] == f"/accounts/login/?next={lot}letters/"
    assert "给合作社留言" in page(shopper.client, lot)
    assert "不会保留" in page(shopper.client, f"{lot}letters/")
    assert (
        send(shopper.client, f"{lot}letters/", words="加我 13800138000")["Location"]
        == f"{lot}letters/#latest"
    )
    assert "138****8000" in page(shopper.client, f"{lot}letters/")
    assert sale.stall.lot.code in page(shopper.client, "/me/letters/")
    order = make_order(sale, until="paid", by=shopper.person)
    assert url(order) in shopper.client.get(f"{lot}letters/").content.decode()
    other = make_buyer(sale)
    bought = make_order(sale, until="paid", by=other)
    theirs = browser(other)
    assert theirs.get(f"{lot}letters/")["Location"] == url(bought)
    key = hidden(theirs.get(url(bought)))["once"]
    assert send(theirs, f"{lot}letters/", key=key)["Location"] == f"{url(bought)}#latest"


def test_the_room_leads_to_the_lot_that_is_on_sale(sale: Sale, client: Client) -> None:
    where = f"/lots/{sale.stall.lot.id}/letters/"
    room = f"/live/{sale.session.id}/"
    for sheet in (f"{room}host", f"{room}goods/{sale.offer.id}"):
        assert f'href="{where}"' in client.get(sheet, headers=HTMX).content.decode()
    assert where not in client.get(room).content.decode(), "the room itself grows by nothing"


def test_the_cooperative_answers_beside_the_facts_and_the_buyer_reads_who_not_which_person(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    make_letter(order, by=shopper.person)
    chief, packer = sale.stall.chief, make_packer(sale.stall)
    theirs, where = browser(packer), f"/coop/letters/{Conversation.objects.get().pk}/"
    listed = page(theirs, "/coop/letters/?state=open")
    assert order.number in listed
    assert shopper.person.display_name in listed
    assert order.number not in page(theirs, "/coop/letters/?state=answered")
    assert order.number in page(theirs, f"/coop/letters/?q={shopper.person.display_name}")
    assert f'href="{where}"' in theirs.get("/coop/").content.decode(), "it waits on the desk"
    shown = page(theirs, where)
    assert sale.stall.lot.code in shown
    assert chief.display_name in shown, "who may give money back"
    assert f"/coop/orders/{order.number}/refund/" in browser(chief).get(where).content.decode()
    assert "1 条留言" in page(theirs, f"/coop/orders/{order.number}/")
    assert send(theirs, where, words="").status_code == 422
    answer = send(theirs, where, words="可以，周三发")
    assert answer["Location"] == f"{where}#latest"
    assert packer.display_name in page(theirs, where)
    read = page(shopper.client, url(order))
    assert "可以，周三发" in read
    assert packer.display_name not in read
    assert "可以，周三发" in page(shopper.client, f"/me/orders/{order.number}/")
    assert "卖家就" in page(shopper.client, "/me/messages/")


def test_the_cooperative_writes_first_from_the_order_and_then_there_is_a_conversation(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    packer, where = browser(make_packer(sale.stall)), f"/coop/orders/{order.number}/letter/"
    shown = packer.get(f"/coop/orders/{order.number}/").content.decode()
    assert where in shown
    assert "不显示你的名字" in page(packer, where)
    assert error_beside(send(packer, where, words=" "), "words")
    sent = send(packer, where, words="山里下雨，晚一天发")
    found = trade.conversation_of_order(order_id=order.id)
    assert found is not None
    assert sent["Location"] == f"/coop/letters/{found.id}/#latest"
    assert packer.get(where)["Location"] == f"/coop/letters/{found.id}/"
    assert where not in packer.get(f"/coop/orders/{order.number}/").content.decode()
    assert "山里下雨，晚一天发" in page(shopper.client, url(order))


def test_a_conversation_is_closed_with_a_reason_and_its_buyer_writes_to_the_county(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    found, chief = make_letter(order, by=shopper.person, words="骗子"), browser(sale.stall.chief)
    where, officer = f"/coop/letters/{found.id}/", browser(make_officer(sale.stall.county_id))
    assert error_beside(send(chief, where, do="close"), "close-words")
    assert send(chief, where, **{"do": "close", "close-words": "辱骂我们的人"}).status_code == 302
    assert "不能再写了" in page(chief, where)
    assert "<textarea" not in chief.get(where).content.decode()
    for address in (url(order), f"/me/orders/{order.number}/"):
        shown = page(shopper.client, address)
        assert "你可以给县里留言；退款照常可以申请" in shown
        assert "辱骂我们的人" in shown
    assert error_beside(send(shopper.client, url(order), do="county"), "county-words")
    send(shopper.client, url(order), **{"do": "county", "county-words": "是他们先骂的"})
    assert "是他们先骂的" in page(shopper.client, url(order))
    assert "是他们先骂的" not in page(chief, where) + page(chief, "/coop/letters/")
    at_county = f"/county/letters/{found.id}/"
    assert "因为买家给你们留了言" in page(officer, at_county)
    assert "是他们先骂的" in words(officer.post(at_county, {"do": "read"}, headers=CHINESE))
    assert PersonalDataRead.objects.latest("id").reason == "its buyer wrote to the county"
    answered = {"words": "我们看过了", "once": hidden(officer.post(at_county, {"do": "read"}))["once"]}
    assert officer.post(at_county, answered).status_code == 302
    assert "我们看过了" in page(shopper.client, url(order))


def test_what_needs_no_answer_is_written_down_and_the_buyer_does_not_read_it(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    make_letter(order, by=shopper.person, words="谢谢")
    theirs, where = browser(make_packer(sale.stall)), f"/coop/letters/{Conversation.objects.get().pk}/"
    empty = send(theirs, where, do="let_be", **{"why-words": " "})
    assert (empty.status_code, bool(error_beside(empty, "why-words"))) == (422, True)
    assert send(theirs, where, do="let_be", **{"why-words": "只是道谢"})["Location"] == "/coop/letters/"
    assert "只是道谢" in page(theirs, where)
    assert "只是道谢" not in page(shopper.client, url(order))
    assert browser(shopper.person).get(where).status_code == 404


def test_the_county_reads_what_is_late_after_a_press_that_is_written_down_and_answers(
    sale: Sale, shopper: Shopper, order: OrderView, clock: Turn
) -> None:
    officer = browser(make_officer(sale.stall.county_id))
    found = make_letter(order, by=shopper.person)
    where = f"/county/letters/{found.id}/"
    assert officer.get(where).status_code == 404
    assert found.answer_until is not None
    clock(found.answer_until)
    desk_operations.escalate_due(now=found.answer_until)
    assert f'href="{where}"' in officer.get("/county/").content.decode()
    shown = page(officer, where)
    assert QUESTION not in shown
    assert f"从何时等起 {full_time(found.waiting_since)}" in shown
    assert not PersonalDataRead.objects.exists()
    read = officer.post(where, {"do": "read"}, headers=CHINESE)
    assert QUESTION in words(read)
    assert english_in(read.content.decode()) == []
    assert PersonalDataRead.objects.count() == 1
    assert "没有按时答复" in page(shopper.client, url(order))
    once = hidden(read)["once"]
    for _press in range(2):
        done = officer.post(where, {"words": "合作社今天给你回话", "once": once})
        assert done["Location"] == "/county/"
    assert Letter.objects.count() == 2
    assert officer.get(where).status_code == 404
    assert "合作社今天给你回话" in page(shopper.client, url(order))


def test_lists_cost_the_same_for_one_conversation_and_for_several(sale: Sale, shopper: Shopper) -> None:
    theirs = browser(sale.stall.chief)
    costs = []
    for several in (1, 2):
        for number in range(several):
            made = make_order(sale, until="paid", by=shopper.person)
            make_letter(made, by=shopper.person, now=later(number))
            trade_operations.write_about_lot(
                by=make_buyer(sale), lot_id=sale.stall.lot.id, words="在吗", now=later(number)
            )
        theirs.get("/coop/letters/")
        with CaptureQueriesContext(connection) as asked:
            theirs.get("/coop/letters/")
        with CaptureQueriesContext(connection) as mine:
            shopper.client.get("/me/letters/")
        costs.append((len(asked), len(mine)))
    assert costs[0] == costs[1]
