"""A lot that may not be sold, on the pages of those who pack, answer for it, bought it, grew it and supervise it."""

from typing import Any

import pytest

from fieldcast.trace.operations import stop_lot
from fieldcast.trace.types import EventKind
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OrderState, OrderView
from tests.factories.accounts import NOW
from tests.factories.trace import make_event
from tests.factories.trade import Sale, make_buyer, make_order, make_sale
from tests.web.shared.desk import CHINESE, browser, make_farmer, make_officer, make_packer
from tests.web.shared.reading import english_in, hidden, words

pytestmark = pytest.mark.django_db
FAIL = {"result": "fail", "residue": "above limits"}


@pytest.fixture
def sale() -> Sale:
    return make_sale()


def fail(sale: Sale) -> None:
    """The lot does not pass its test."""
    make_event(sale.stall.lot, EventKind.INSPECTED, FAIL, by=sale.stall.chief)


def state(order: OrderView) -> OrderState:
    """Where the order is now."""
    return trade.order(order_id=order.id).state


def press(client: Any, page: str, lot_page: str) -> Any:
    """Give everything back, with the form of the lot's page."""
    form = hidden(client.get(lot_page))
    return client.post(page, {**form, "reason": "农残超标"}, follow=True)


@pytest.mark.parametrize("who", ["coop", "county"])
def test_one_press_gives_everything_back_and_a_second_nothing_more(sale: Sale, who: str) -> None:
    orders = [make_order(sale), make_order(sale, until="packed")]
    fail(sale)
    person = sale.stall.chief if who == "coop" else make_officer(sale.stall.county_id)
    client, lot = browser(person), f"/{who}/lots/{sale.stall.lot.id}/"
    assert "2 paid orders of this lot, ¥79.60, were not sent." in words(client.get(lot))
    form = {**hidden(client.get(lot)), "reason": "农残超标"}
    done = client.post(f"{lot}give-back/", form, follow=True)
    assert "2 orders were given back; none is held back any more." in words(done)
    assert [state(one) for one in orders] == ["refunded", "refunded"]
    assert client.post(f"{lot}give-back/", form).status_code == 302
    assert len(trade.refunds_of(order_id=orders[0].id)) == 1


def test_what_goes_on_says_how_far_it_is(sale: Sale, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldcast.trade.stops.operations.A_BATCH", 1)
    for _number in range(3):
        make_order(sale)
    fail(sale)
    client, lot = browser(sale.stall.chief), f"/coop/lots/{sale.stall.lot.id}/"
    page = press(client, f"{lot}give-back/", lot)
    assert "1 of 3 orders are given back." in words(page)
    assert f'hx-get="{lot}give-back/"' in page.content.decode()
    assert "1 of 3 orders are given back." in words(client.get(f"{lot}give-back/"))


def test_giving_back_nothing_is_refused_in_words(sale: Sale) -> None:
    fail(sale)
    client, lot = browser(sale.stall.chief), f"/coop/lots/{sale.stall.lot.id}/"
    refused = client.post(f"{lot}give-back/", {"reason": "农残超标"})
    assert refused.status_code == 422


def test_those_who_pack_are_told_and_need_a_reason(sale: Sale) -> None:
    order = make_order(sale)
    fail(sale)
    client = browser(make_packer(sale.stall))
    assert "Held back" in words(client.get("/coop/orders/"))
    page = words(client.get(f"/coop/orders/{order.number}/"))
    assert "Held back: do not pack or send it" in page
    assert "Mark as packed" not in page
    send = {"o": [order.number], "do": "pack"}
    refused = client.post("/coop/orders/together/", send, follow=True)
    assert "is stopped, so this order is held back" in words(refused)
    assert state(order) == OrderState.PAID
    client.post("/coop/orders/together/", {**send, "why": "买家知道"})
    assert state(order) == OrderState.PACKED


def test_nothing_held_back_is_sent_without_a_reason(sale: Sale) -> None:
    held = make_order(sale, until="packed")
    fail(sale)
    client = browser(make_packer(sale.stall))
    page = "/coop/orders/ship/"
    form = {"o": [held.number], f"tracking-{held.number}": "YT7000000001"}
    assert "Some of these are held back" in words(client.get(page, {"o": held.number}))
    refused = client.post(page, form)
    assert refused.status_code == 422
    assert "is stopped, so this order is held back" in words(refused)
    client.post(page, {**form, "why": "买家知道"})
    assert state(held) == OrderState.SHIPPED


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("paid", "The seller holds your box back"),
        ("packed", "Or take your money back yourself, at once, below."),
        ("received", "Please do not eat it"),
        ("reserved", "The order cannot be paid any more"),
    ],
)
def test_a_buyer_reads_it_on_the_order(sale: Sale, until: str, said: str) -> None:
    buyer = make_buyer(sale)
    order = make_order(sale, until=until, by=buyer)
    fail(sale)
    page = browser(buyer).get(f"/me/orders/{order.number}/")
    assert said in words(page)
    assert "packs it next" not in words(page)
    assert (
        english_in(browser(buyer, language=CHINESE).get(f"/me/orders/{order.number}/").content.decode()) == []
    )


def test_a_stop_for_another_reason_says_it_to_those_who_wait_and_alarms_nobody_who_ate(sale: Sale) -> None:
    buyer = make_buyer(sale)
    waits, came = make_order(sale, by=buyer), make_order(sale, until="received", by=buyer)
    stop_lot(by=sale.stall.chief, lot_id=sale.stall.lot.id, reason="标签贴错", now=NOW)
    client = browser(buyer)
    assert "was stopped: 标签贴错." in words(client.get(f"/me/orders/{waits.number}/"))
    assert "do not eat" not in words(client.get(f"/me/orders/{came.number}/"))


def test_the_public_page_says_it_first_in_red_and_reassures_nobody(sale: Sale) -> None:
    client, lot = browser(make_buyer(sale), language=CHINESE), f"/lots/{sale.stall.lot.id}/"
    assert "card-paddy" in client.get(lot).content.decode()
    fail(sale)
    page = client.get(lot)
    main = page.content.decode().partition("<main")[2]
    assert "card-alarm" in main.partition("记录未被改动过")[0]
    assert words(page).index("抽检不合格，已停售") < words(page).index("记录")
    assert "card-paddy" not in main
    assert english_in(page.content.decode()) == []


def test_the_farmer_has_a_card_and_nothing_to_send(sale: Sale) -> None:
    make_order(sale)
    fail(sale)
    client = browser(make_farmer(sale.stall))
    page = words(client.get("/farm/"))
    assert f"{sale.stall.lot.code} did not pass its test" in page
    assert "Nothing waits." in page
