"""What one has bought: the list, an order's page, and what its buyer can do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.models import Refund
from fieldcast.trade.types import Hindrance, OrderState, OrderView, To
from fieldcast.web.orders.views import LOOKS
from tests.factories.accounts import NOW, make_person
from tests.factories.trade import (
    HOLD_SECONDS,
    Sale,
    everything,
    later,
    make_order,
    make_sale,
    paid_notice,
    refund_notice,
    send_notice,
)
from tests.web.orders.shopping import Shopper, is_checkout, make_shopper, reference_in
from tests.web.shared.clock import Turn
from tests.web.shared.desk import ENGLISH
from tests.web.shared.reading import english_in, text_of

STATES = ("reserved", "paid", "packed", "shipped", "received", "closed")
Order = Callable[..., OrderView]


@pytest.fixture
def sale(db: None, clock: Turn) -> Sale:
    return make_sale()


@pytest.fixture
def shopper(sale: Sale) -> Shopper:
    return make_shopper(sale)


@pytest.fixture
def order(sale: Sale, shopper: Shopper) -> Order:
    """Makes an order of the shopper's that has come so far."""
    return lambda until, **more: make_order(sale, until=until, by=shopper.person, **more)


def url(order: OrderView, step: str = "") -> str:
    return f"/me/orders/{order.number}/{step}"


def read(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.status_code
    return text_of(answer.content.decode())


# --- the list --------------------------------------------------------------------------------------------------------
def test_the_list_shows_mine_and_nobody_elses(sale: Sale, shopper: Shopper, order: Order) -> None:
    mine, theirs = order("paid"), make_order(sale, until="paid")
    page = shopper.client.get("/me/orders/").content.decode()
    assert mine.number in page
    assert theirs.number not in page
    assert english_in(page) == []


def test_the_list_can_be_narrowed_to_one_state(shopper: Shopper, order: Order) -> None:
    unpaid, paid = order("reserved"), order("paid")
    page = shopper.client.get("/me/orders/?state=paid").content.decode()
    assert paid.number in page
    assert unpaid.number not in page
    assert unpaid.number in shopper.client.get("/me/orders/?state=nonsense").content.decode()


def test_an_empty_list_says_where_to_begin(shopper: Shopper, order: Order) -> None:
    page = shopper.client.get("/me/orders/").content.decode()
    assert "还没有买过东西" in page
    assert 'href="/live/"' in page
    order("paid")
    assert "现在没有这种状态的订单" in read(shopper.client, "/me/orders/?state=shipped")


def test_a_long_list_has_pages_and_asks_no_more_for_each_order(
    sale: Sale, shopper: Shopper, order: Order, django_assert_num_queries: Any
) -> None:
    order("shipped")
    with CaptureQueriesContext(connection) as one:
        shopper.client.get("/me/orders/")
    for _number in range(13):
        trade_operations.cancel_order(by=shopper.person, order_id=order("reserved").id, now=NOW)
    with django_assert_num_queries(len(one)):
        page = shopper.client.get("/me/orders/").content.decode()
    assert "第 1 页，共 2 页" in page


def test_the_list_of_nobody_is_behind_signing_in() -> None:
    answer = Client().get("/me/orders/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/?next=/me/orders/")


# --- who may see an order --------------------------------------------------------------------------------------------
def test_a_strangers_order_is_not_there(sale: Sale, order: Order) -> None:
    found, before = order("reserved"), everything()
    stranger = Client()
    stranger.force_login(make_person(county_id=sale.stall.county_id, name="路人"))
    for address in (url(found), url(found, "waiting"), "/me/orders/D000000-XXXXXXXX/", "/me/orders/%00/"):
        assert stranger.get(address).status_code == 404
    for step in ("pay", "cancel", "receive"):
        assert stranger.post(url(found, step)).status_code == 404
    assert everything() == before


def test_an_order_is_behind_signing_in(order: Order) -> None:
    found, before = order("reserved"), everything()
    assert Client().get(url(found))["Location"].startswith("/accounts/login/")
    for step in ("pay", "cancel", "receive"):
        assert Client().post(url(found, step))["Location"].startswith("/accounts/login/")
    assert everything() == before


def test_its_seller_sees_the_order_without_the_address_and_without_the_buyers_buttons(
    sale: Sale, order: Order
) -> None:
    found = order("shipped")
    chief = Client()
    chief.force_login(sale.stall.chief)
    page = chief.get(url(found)).content.decode()
    assert "黄桃 5 斤装" in page
    assert "文三路" not in page
    assert "确认" not in page
    assert english_in(page) == []
    assert chief.post(url(found, "receive")).status_code == 404
    unpaid = order("reserved")
    page = chief.get(url(unpaid) + "?payment=paid").content.decode()
    for step in ("pay", "cancel", "waiting"):
        assert url(unpaid, step) not in page


@pytest.mark.parametrize("step", ["pay", "cancel", "receive"])
def test_a_step_is_posted(shopper: Shopper, order: Order, step: str) -> None:
    assert shopper.client.get(url(order("reserved"), step)).status_code == 405


# --- what the page says ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_told_in_chinese(shopper: Shopper, order: Order, state: str) -> None:
    page = shopper.client.get(url(order(state))).content.decode()
    assert english_in(page) == []
    assert page.count("<h1") == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("reserved", "等你付款"),
        ("paid", "接下来由青山合作社打包。"),
        ("packed", "等快递来取。"),
        ("shipped", "河湾冷链正在送"),
        ("received", "2026-11-22 14:01 之前可以找青山合作社退款"),
        ("closed", "售后时间已过"),
    ],
)
def test_the_page_says_what_happens_next(shopper: Shopper, order: Order, state: str, words: str) -> None:
    assert words in read(shopper.client, url(order(state)))


def test_a_parcel_that_could_not_be_delivered_is_not_said_to_be_on_its_way(
    sale: Sale, shopper: Shopper, order: Order
) -> None:
    sent = order("packed")
    way: dict[str, Any] = {"order_id": sent.id, "by": sale.stall.driver}
    trade_operations.fetch(now=later(10), **way)
    trade_operations.not_delivered(why=Hindrance.NOBODY, words="敲门没人", now=later(20), **way)
    page = " ".join(read(shopper.client, url(sent)).split())
    assert "没送到 没人在 · 敲门没人 青山合作社一个工作日内说怎么办；在这之前不算收货。" in page
    assert "河湾冷链正在送" not in page
    trade_operations.send_again(by=sale.stall.chief, order_id=sent.id, words="明早放门卫", now=later(30))
    assert "河湾冷链正在送\n再送一次：明早放门卫" in read(shopper.client, url(sent))
    trade_operations.deliver(to=To.POINT, words="驿站", now=later(40), **way)
    assert "承运商说已送到\n放代收点 · 驿站" in read(shopper.client, url(sent))


def test_the_page_is_english_for_those_who_read_it(shopper: Shopper, order: Order) -> None:
    page = read(shopper.client, url(order("received")), **ENGLISH)
    assert "You can ask Qingshan for a refund until 2026-11-22 14:01." in page


def test_the_stages_show_how_far_it_is(shopper: Shopper, order: Order) -> None:
    page = shopper.client.get(url(order("shipped"))).content.decode()
    assert page.count('<li class="done">') == 4
    assert page.count('<li class="now" aria-current="step">') == 1


def test_the_page_leads_to_where_it_came_from(sale: Sale, shopper: Shopper, order: Order) -> None:
    page = shopper.client.get(url(order("paid"))).content.decode()
    assert f'href="/lots/{sale.offer.lot_id}/"' in page
    assert sale.offer.lot_code in page


def test_buying_again_leads_to_the_room_while_it_is_live_and_to_the_lot_afterwards(
    sale: Sale, shopper: Shopper, order: Order
) -> None:
    found = order("paid")
    assert "再买：正在直播" in read(shopper.client, url(found))
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    page = shopper.client.get(url(found)).content.decode()
    assert "再买：正在直播" not in page
    assert page.count(f'href="/lots/{sale.offer.lot_id}/"') == 2


def test_the_parcels_number_can_be_copied(shopper: Shopper, order: Order) -> None:
    found = order("shipped")
    assert f'data-copy="{found.tracking_number}"' in shopper.client.get(url(found)).content.decode()


def test_refunds_are_shown_with_where_they_are(sale: Sale, shopper: Shopper, order: Order) -> None:
    found = order("received")
    trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=found.id, amount_fen=800, reason="坏果两个", now=NOW
    )
    page = read(shopper.client, url(found))
    for words in ("¥8.00", "坏果两个", "已申请"):
        assert words in page
    send_notice(refund_notice(Refund.objects.select_related("payment").get(order_id=found.id)))
    assert "已到账" in read(shopper.client, url(found))


def test_who_has_it_is_told_how_to_ask_for_a_refund(shopper: Shopper, order: Order) -> None:
    found = order("received")
    page = read(shopper.client, url(found))
    assert f"之前可以找{found.seller_name}退款" in page
    assert f'href="{url(found, "refund/")}"' in shopper.client.get(url(found)).content.decode()
    english = read(shopper.client, url(found), **ENGLISH)
    assert f"You can ask {found.seller_name_en} for a refund until" in english
    assert "Say what is wrong, with photos if you can" in english


def test_nobody_is_told_to_ask_for_what_has_all_been_given_back(
    sale: Sale, shopper: Shopper, order: Order
) -> None:
    found = order("received")
    trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=found.id, amount_fen=found.total_fen, reason="全坏了", now=NOW
    )
    page = read(shopper.client, url(found))
    assert "你付的钱已经全部退了" in page
    assert "怎么退" not in page
    assert "退款。之后钱会分给" not in page


def test_the_time_to_pay_is_counted_down_and_nothing_can_be_paid_afterwards(
    shopper: Shopper, order: Order, clock: Turn
) -> None:
    found = order("reserved")
    page = shopper.client.get(url(found)).content.decode()
    assert ">15:00</time>" in page
    assert url(found, "pay") in page
    clock(later(HOLD_SECONDS))
    page = shopper.client.get(url(found)).content.decode()
    assert "没有按时付款" in page
    assert url(found, "pay") not in page
    trade_operations.expire_due(now=later(HOLD_SECONDS))
    assert "没有按时付款" in read(shopper.client, url(found))


# --- what the buyer does ---------------------------------------------------------------------------------------------
def test_paying_leads_to_the_provider_each_time_to_the_same_payment(shopper: Shopper, order: Order) -> None:
    found = order("reserved")
    first, again = (shopper.client.post(url(found, "pay")) for _time in range(2))
    assert first.status_code == 303
    assert is_checkout(first["Location"])
    assert reference_in(first["Location"]) == reference_in(again["Location"])
    assert f"%2Fme%2Forders%2F{found.number}%2F" in first["Location"]


def test_paying_too_late_is_told_on_the_orders_page(shopper: Shopper, order: Order, clock: Turn) -> None:
    found = order("reserved")
    clock(later(HOLD_SECONDS + 1))
    before = everything()
    page = shopper.client.post(url(found, "pay"), follow=True).content.decode()
    assert "付款时间过了" in page
    assert everything() == before


def test_paying_what_is_paid_is_told_on_the_orders_page(shopper: Shopper, order: Order) -> None:
    found, before = order("paid"), everything()
    page = shopper.client.post(url(found, "pay"), follow=True).content.decode()
    assert "现在做不了：这个订单已付款。" in page
    assert everything() == before


def test_an_unpaid_order_can_be_cancelled_and_its_packs_return(
    sale: Sale, shopper: Shopper, order: Order
) -> None:
    found = order("reserved", packs=2)
    assert sale.now_offered.left == 98
    page = shopper.client.post(url(found, "cancel"), follow=True).content.decode()
    assert "订单已取消。" in page
    assert trade.order(order_id=found.id).state == OrderState.CANCELLED
    assert sale.now_offered.left == 100


def test_a_paid_order_can_be_cancelled_until_it_is_packed_and_the_money_goes_back(
    shopper: Shopper, order: Order
) -> None:
    found = order("paid")
    assert "取消并退款" in read(shopper.client, url(found))
    page = shopper.client.post(url(found, "cancel"), follow=True).content.decode()
    assert "¥39.80 原路退回" in page
    assert trade.order(order_id=found.id).state == OrderState.REFUNDED


def test_a_packed_order_cannot_be_cancelled_any_more(shopper: Shopper, order: Order) -> None:
    found, before = order("packed"), everything()
    assert url(found, "cancel") not in shopper.client.get(url(found)).content.decode()
    page = shopper.client.post(url(found, "cancel"), follow=True).content.decode()
    assert "现在做不了：这个订单已打包。" in page
    assert everything() == before


def test_the_buyer_says_that_it_has_come_once(shopper: Shopper, order: Order) -> None:
    found = order("shipped")
    assert url(found, "receive") in shopper.client.get(url(found)).content.decode()
    shopper.client.post(url(found, "receive"))
    received = trade.order(order_id=found.id)
    assert received.state == OrderState.RECEIVED
    before = everything()
    page = shopper.client.post(url(found, "receive"), follow=True).content.decode()
    assert "现在做不了：这个订单已收货。" in page
    assert everything() == before


def test_what_has_not_been_sent_cannot_have_come(shopper: Shopper, order: Order) -> None:
    found, before = order("paid"), everything()
    shopper.client.post(url(found, "receive"))
    assert everything() == before


# --- back from paying ------------------------------------------------------------------------------------------------
def test_back_before_the_notice_the_page_waits_and_asks_by_itself(shopper: Shopper, order: Order) -> None:
    found = order("reserved")
    page = shopper.client.get(url(found) + "?payment=paid").content.decode()
    assert "正在等支付方确认" in page
    assert f'hx-get="{url(found, "waiting")}?looks=1" hx-trigger="load delay:2s"' in page
    again = shopper.client.get(url(found, "waiting")).content.decode()
    assert "looks=2" in again
    assert "status" not in again, "what was said is not said again"
    assert text_of(again).strip() == ""
    assert url(found, "pay") not in page
    assert english_in(page) == []


def test_the_waiting_page_goes_on_when_the_notice_has_come(shopper: Shopper, order: Order) -> None:
    found = order("reserved")
    answer = shopper.client.get(url(found, "waiting"))
    assert "HX-Redirect" not in answer
    assert "looks=2" in answer.content.decode()
    send_notice(paid_notice(found.id))
    answer = shopper.client.get(url(found, "waiting"))
    assert (answer.status_code, answer["HX-Redirect"]) == (204, url(found) + "?payment=paid")
    assert "付好了，谢谢！" in read(shopper.client, answer["HX-Redirect"])


def test_the_page_does_not_ask_for_ever(shopper: Shopper, order: Order) -> None:
    found = order("reserved")
    page = shopper.client.get(url(found, "waiting") + f"?looks={LOOKS}").content.decode()
    assert "hx-get" not in page
    assert 'hx-swap-oob="innerHTML:#waiting-for-notice"' in page
    assert "支付方还没有通知我们" in page
    assert url(found, "pay") in page
    assert "hx-get" not in shopper.client.get(url(found, "waiting") + "?looks=999999").content.decode()


def test_nothing_is_said_of_a_buyers_money_that_nobody_knows(shopper: Shopper, order: Order) -> None:
    """Cancelled, while a payment is on its way: only the notice tells."""
    found = order("reserved")
    for page in (
        shopper.client.get(url(found) + "?payment=failed").content.decode(),
        shopper.client.post(url(found, "cancel"), follow=True).content.decode(),
    ):
        assert "没有扣" not in page
        assert "我们没有收到钱" in page


def test_a_waiting_page_whose_reader_has_signed_out_leads_to_the_order(order: Order) -> None:
    found = order("reserved")
    assert Client().get(url(found, "waiting"))["HX-Redirect"] == url(found)


def test_coming_back_proves_nothing(shopper: Shopper, order: Order) -> None:
    found, before = order("reserved"), everything()
    page = read(shopper.client, url(found) + "?payment=paid")
    assert "付好了" not in page
    assert everything() == before
    assert "正在等支付方确认" not in read(shopper.client, url(found) + "?payment=nonsense")


def test_a_payment_that_failed_can_be_tried_again(shopper: Shopper, order: Order) -> None:
    found = order("reserved")
    page = shopper.client.get(url(found) + "?payment=failed").content.decode()
    assert "没有付成" in page
    assert url(found, "pay") in page


def test_money_that_came_too_late_is_shown_on_its_way_back(shopper: Shopper, order: Order) -> None:
    found = order("reserved")
    content = paid_notice(found.id)
    trade_operations.expire_due(now=later(HOLD_SECONDS))
    send_notice(content)
    page = read(shopper.client, url(found) + "?payment=paid")
    assert "订单结束以后才付的款，原路退回。" in page
    assert "没有按时付款" in page
    assert "我们没有收到钱" not in page


def test_money_for_a_cancelled_order_is_shown_on_its_way_back(shopper: Shopper, order: Order) -> None:
    found = order("reserved")
    content = paid_notice(found.id)
    shopper.client.post(url(found, "cancel"))
    assert "我们没有收到钱" in read(shopper.client, url(found))
    send_notice(content)
    page = read(shopper.client, url(found))
    assert "后来付的钱原路退回" in page
    assert "我们没有收到钱" not in page


def test_a_lot_stopped_before_paying_is_told_on_the_orders_page(
    sale: Sale, shopper: Shopper, order: Order
) -> None:
    found = order("reserved")
    set_lot_state(lot_id=sale.offer.lot_id, state=LotState.STOPPED)
    page = shopper.client.post(url(found, "pay"), follow=True).content.decode()
    assert "这一批已经停止销售。" in page
