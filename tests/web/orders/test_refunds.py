"""Asking for money back on the order's page, and its answer: buyer, seller and county at their own pages."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fieldcast.config.edge import sizes
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.models import RefundRequest
from fieldcast.trade.types import OrderView, Remedy, RequestState
from tests.factories.refunds import COMPLAINT, make_refund_request
from tests.factories.trade import PRICE_FEN, Sale, later, make_order, make_sale
from tests.files.pictures import SVG, orchard, saved
from tests.web.orders.shopping import HTMX, Shopper, make_shopper
from tests.web.shared.clock import Turn
from tests.web.shared.desk import CHINESE, browser, make_officer, make_packer
from tests.web.shared.reading import english_in, words


@pytest.fixture
def sale(db: None, clock: Turn) -> Sale:
    return make_sale()


@pytest.fixture
def shopper(sale: Sale) -> Shopper:
    return make_shopper(sale)


@pytest.fixture
def order(sale: Sale, shopper: Shopper) -> OrderView:
    return make_order(sale, until="received", by=shopper.person, packs=2)


def page(client: Client, address: str) -> str:
    answer = client.get(address, headers=CHINESE)
    assert answer.status_code == 200, (address, answer.status_code)
    assert english_in(answer.content.decode()) == []
    return words(answer)


def key(client: Client, address: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())
    assert found, address
    return found[1]


def send(shopper: Shopper, order: OrderView, *, script: bool = False, once: str = "", **sent: Any) -> Any:
    form = {"wrong": "spoilt", "packs": "1", "words": "两个烂了", **sent}
    form["once"] = once or key(shopper.client, url(order))
    return shopper.client.post(url(order), form, headers=HTMX if script else {})


def url(order: OrderView) -> str:
    return f"/me/orders/{order.number}/refund/"


def photo(name: str = "坏果.jpg", shift: int = 0) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, saved(orchard((96, 64), shift=shift)))


def test_a_buyer_asks_with_photos_and_the_page_says_until_when_it_is_answered(
    shopper: Shopper, order: OrderView
) -> None:
    assert "申请退款" in page(shopper.client, f"/me/orders/{order.number}/")
    assert "最多 6 张" in page(shopper.client, url(order))
    answer = send(shopper, order, photos=[photo(), photo(shift=40)])
    assert answer["Location"] == f"/me/orders/{order.number}/#refund-request"
    (one,) = trade.refund_requests_of(order_id=order.id)
    assert (one.asked_fen, len(one.photos)) == (PRICE_FEN, 2)
    said = page(shopper.client, f"/me/orders/{order.number}/")
    assert "两个烂了" in said
    assert "前答复" in said
    small = shopper.client.get(f"/me/orders/photos/{one.photos[0]}/?small")
    assert (small["Content-Type"], small["Cache-Control"]) == ("image/jpeg", "no-store")
    assert page(shopper.client, f"/me/orders/{order.number}/").count("申请退款") == 0


def test_sent_twice_it_is_asked_once(shopper: Shopper, order: OrderView) -> None:
    once = key(shopper.client, url(order))
    first, again = (send(shopper, order, once=once, photos=[photo()]) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert RefundRequest.objects.count() == 1


def test_what_is_hostile_or_missing_is_said_and_what_was_typed_stays(
    shopper: Shopper, order: OrderView
) -> None:
    answer = send(shopper, order, photos=[photo(), SimpleUploadedFile("x.jpg", SVG)], words="烂了三个")
    assert answer.status_code == 422
    assert "烂了三个" in answer.content.decode()
    assert not RefundRequest.objects.exists()
    fragment = send(shopper, order, script=True, words="")
    assert fragment.status_code == 422
    assert "<html" not in fragment.content.decode()
    assert sizes.most(url(order)) == sizes.PHOTOS_TOGETHER + sizes.AROUND_A_FILE


def test_the_script_is_sent_on_to_the_order(shopper: Shopper, order: OrderView) -> None:
    answer = send(shopper, order, script=True, amount="12.50")
    assert answer["HX-Redirect"].endswith("#refund-request")
    assert trade.refund_requests_of(order_id=order.id)[0].asked_fen == 1250, "a sum counts before packs"


def test_what_never_came_is_asked_back_whole_and_a_packer_sends_it_again(
    sale: Sale, shopper: Shopper
) -> None:
    sent = make_order(sale, until="shipped", by=shopper.person, packs=2)
    send(shopper, sent, wrong="not_arrived", amount="zwei", words="一直没到")
    (one,) = trade.refund_requests_of(order_id=sent.id)
    assert one.packs == 2
    packer, where = browser(make_packer(sale.stall)), f"/coop/refunds/{one.id}/"
    seen = page(packer, where)
    assert "再送一次" in seen
    assert trade.order(order_id=sent.id).tracking_number in seen
    empty = packer.post(where, {"do": "again", "words": " ", "once": key(packer, where)})
    assert empty.status_code == 422
    form = {"do": "again", "words": "明早再送，放门卫", "once": key(packer, where)}
    assert packer.post(where, form, headers=CHINESE)["Location"] == "/coop/refunds/"
    said = page(shopper.client, f"/me/orders/{sent.number}/")
    assert "明早再送，放门卫" in said
    assert "提出异议" in said
    assert "已再送" in page(packer, where)


def test_the_seller_answers_with_what_the_server_proposes(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    one = make_refund_request(order, by=shopper.person)
    chief = browser(sale.stall.chief)
    assert order.number in page(chief, "/coop/refunds/")
    where = f"/coop/refunds/{one.id}/"
    assert f'value="{PRICE_FEN / 100:.2f}"' in chief.get(where).content.decode()
    assert COMPLAINT in page(chief, where)
    assert chief.get(f"/coop/orders/{order.number}/refund/")["Location"] == where
    too_much = chief.post(where, {"do": "give", "amount": "999", "once": key(chief, where)})
    assert too_much.status_code == 422
    assert chief.post(where, {"do": "refuse", "words": "", "once": key(chief, where)}).status_code == 422
    chief.post(where, {"do": "give", "amount": "10", "words": "赔您三个", "once": key(chief, where)})
    assert trade.request_view(request_id=one.id).given_fen == 1000
    said = page(shopper.client, f"/me/orders/{order.number}/")
    assert "¥10.00" in said
    assert "赔您三个" in said
    assert sale.stall.chief.display_name not in said, "buyers are not told which person it was"


def test_a_packer_is_told_who_can(sale: Sale, shopper: Shopper, order: OrderView) -> None:
    one = make_refund_request(order, by=shopper.person)
    packer = browser(make_packer(sale.stall))
    assert sale.stall.chief.display_name in page(packer, f"/coop/refunds/{one.id}/")
    assert sale.stall.chief.display_name in page(packer, f"/coop/orders/{order.number}/")
    assert packer.post(f"/coop/refunds/{one.id}/", {"do": "refuse", "words": "不"}).status_code == 404


def test_a_refusal_is_objected_to_and_the_county_decides(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    officer = browser(make_officer(sale.stall.county_id))
    one = make_refund_request(order, by=shopper.person)
    where = f"/county/refunds/{one.id}/"
    assert "你的答复" not in page(officer, where)
    trade_operations.answer_refund(
        by=sale.stall.chief, request_id=one.id, amount_fen=0, words="照片里是好的", now=later(20)
    )
    assert "照片里是好的" in page(shopper.client, f"/me/orders/{order.number}/")
    shopper.client.post(f"/me/orders/{order.number}/refund/object", {"words": "第二张看得见"})
    assert order.number in page(officer, "/county/refunds/?state=late")
    assert "第二张看得见" in page(officer, where)
    decides = {"do": "give", "amount": "39.80", "words": "照片里看得见"}
    assert officer.post(where, {**decides, "once": key(officer, where)}).status_code == 422, "who bears it?"
    decides |= {"borne_by": "packer", "once": key(officer, where)}
    officer.post(where, decides, headers=CHINESE)
    assert trade.request_view(request_id=one.id).state == RequestState.UPHELD
    assert "合作社：分拣或打包的问题" in page(officer, where)
    assert "申诉" in page(browser(sale.stall.chief), f"/coop/refunds/{one.id}/")
    shopper.client.post(f"/me/orders/{order.number}/refund/appeal", {"words": "整箱都坏了"})
    assert "对申诉作出决定" in page(shopper.client, f"/me/orders/{order.number}/")


def test_a_buyer_takes_it_back_and_where_nothing_can_be_asked_the_page_leads_away(
    shopper: Shopper, order: OrderView
) -> None:
    make_refund_request(order, by=shopper.person)
    assert shopper.client.get(url(order))["Location"] == f"/me/orders/{order.number}/"
    shopper.client.post(f"/me/orders/{order.number}/refund/withdraw")
    assert trade.refund_requests_of(order_id=order.id)[0].state == RequestState.WITHDRAWN
    assert shopper.client.get(url(order)).status_code == 200


def test_a_part_is_worked_out_while_bad_ones_are_counted(shopper: Shopper, order: OrderView) -> None:
    every = sum(line.packs * line.pack_units for line in order.lines)
    counted = shopper.client.get(f"{url(order)}part?damaged={every}")
    assert f"{2 * PRICE_FEN / 100:.2f}" in words(counted)
    for bad in ("0", str(every + 1), "x"):
        assert str(every) in words(shopper.client.get(f"{url(order)}part?damaged={bad}"))
    wrong = send(shopper, order, remedy="part", damaged=str(every + 1), script=True)
    assert (wrong.status_code, RefundRequest.objects.count()) == (422, 0)
    send(shopper, order, remedy="part", damaged="1", amount="999")
    (one,) = trade.refund_requests_of(order_id=order.id)
    assert (one.remedy, one.damaged_units, one.all_units) == (Remedy.PART, 1, every)
    assert f"{every} 斤里坏了 1 斤" in page(shopper.client, f"/me/orders/{order.number}/")


def test_goods_go_back_and_each_side_says_so_on_its_page(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    send(shopper, order, remedy="return_and_refund")
    (one,) = trade.refund_requests_of(order_id=order.id)
    chief, where = browser(sale.stall.chief), f"/coop/refunds/{one.id}/"
    assert "同意退货" in page(chief, where)
    assert "同意退货" not in page(browser(make_packer(sale.stall)), where)
    back = {"do": "return", "words": "寄到河湾村 3 号", "once": key(chief, where)}
    chief.post(where, back, headers=CHINESE)
    assert "寄到河湾村 3 号" in page(shopper.client, f"/me/orders/{order.number}/")
    shopper.client.post(
        f"/me/orders/{order.number}/refund/sent-back", {"words": "顺丰 551234"}, headers=CHINESE
    )
    assert "顺丰 551234" in page(chief, where)
    chief.post(where, {"do": "give", "amount": "39.80", "once": key(chief, where)})
    assert trade.request_view(request_id=one.id).state == RequestState.GIVEN


def test_a_packer_sends_other_goods(sale: Sale, shopper: Shopper, order: OrderView) -> None:
    send(shopper, order, remedy="exchange")
    (one,) = trade.refund_requests_of(order_id=order.id)
    packer, where = browser(make_packer(sale.stall)), f"/coop/refunds/{one.id}/"
    assert "补发换货" in page(packer, where)
    packer.post(where, {"do": "exchange", "words": "明早补发", "once": key(packer, where)})
    assert "换的货已经在路上" in page(shopper.client, f"/me/orders/{order.number}/")


def test_the_county_reads_everything_on_one_page_and_sets_its_line(
    sale: Sale, shopper: Shopper, order: OrderView
) -> None:
    head = browser(make_officer(sale.stall.county_id))
    make_refund_request(order, by=shopper.person)
    again = make_refund_request(make_order(sale, until="received", by=shopper.person), by=shopper.person)
    seen = page(head, f"/county/refunds/{again.id}/")
    for word in (sale.stall.lot.code, "一级", "讲解时说的话", "双方 90 天的记录", "很像", "不知道什么时候"):
        assert word in seen
    assert "很像" in page(browser(sale.stall.chief), f"/coop/refunds/{again.id}/")
    assert "很像" not in page(shopper.client, f"/me/orders/{again.order_number}/")
    usual = {"damage_hours": "48", "answer_hours": "24", "decide_days": "7", "most_requests": "5"}
    line = {"phone": "0797-1234567", "words": "工作日 9 点到 17 点", "words_en": "Weekdays 9 to 17"}
    where = "/county/refunds/settings/"
    assert head.post(where, {**usual, "decide_days": "0"}).status_code == 422
    assert head.post(where, {**usual, **line}, headers=CHINESE)["Location"] == "/county/refunds/"
    assert "0797-1234567" in page(head, "/county/refunds/")
    assert "0797-1234567" in page(shopper.client, f"/me/orders/{order.number}/")
    shopper.client.post(f"/me/orders/{order.number}/refund/withdraw", headers=CHINESE)
    assert "工作日 9 点到 17 点" in page(shopper.client, url(order))


def test_fresh_produce_says_before_it_is_bought_that_it_does_not_come_back(
    sale: Sale, shopper: Shopper
) -> None:
    assert "第二十五条" in page(shopper.client, f"/buy/{sale.offer.id}/")
    assert "第二十五条" in page(shopper.client, f"/lots/{sale.stall.lot.id}/")
