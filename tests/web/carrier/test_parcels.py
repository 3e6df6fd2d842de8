"""A carrier's day on its pages: the lists, one parcel, steps of one and of several, codes of labels."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.models import Carrying, CarryingStep
from fieldcast.trade.types import CarryingState, Hindrance, OrderState, OrderView, To
from fieldcast.web.shared.words import when
from tests.factories.market import make_stall
from tests.factories.trade import Sale, later, make_order, make_sale
from tests.web.shared.desk import browser, make_packer
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def phone(sale: Sale) -> Client:
    return browser(sale.stall.driver)


def packed(sale: Sale, count: int = 1) -> list[OrderView]:
    return [make_order(sale, until="packed", packs=2) for _number in range(count)]


def fetched(sale: Sale) -> OrderView:
    (order,) = packed(sale)
    trade_operations.fetch(by=sale.stall.driver, order_id=order.id, now=later(10))
    return order


def _days_ago(now: datetime, days: float) -> datetime:
    return now - timedelta(days=days)


def state(order: OrderView) -> str:
    return Carrying.objects.get(order_id=order.id).state


def test_what_is_packed_is_listed_by_where_it_is_fetched_and_kept_on_the_phone(
    sale: Sale, phone: Client
) -> None:
    first, second = packed(sale, 2)
    answer = phone.get("/carrier/")
    text = words(answer)
    assert sale.stall.cooperative.name_en in text
    for said in (
        first.number,
        second.number,
        "李** · 浙江省 杭州市",
        "To fetch 2",
        "4 boxes",
        "As it stood at",
    ):
        assert said in text
    assert "西湖区" not in text
    assert "138" not in text
    assert answer["Offline-Owner"] == str(sale.stall.driver.pk)
    assert unquote(answer["Offline-Title"]) == "To fetch"
    assert "camera=(self)" in answer["Permissions-Policy"]
    assert '<a href="/statements/carrier/"' in answer.content.decode()


def test_each_list_says_when_there_is_nothing_in_it(phone: Client) -> None:
    for which, said in (
        ("to_fetch", "Nothing to fetch"),
        ("on_the_way", "Nothing on the way"),
        ("delivered", "Nothing delivered lately"),
    ):
        assert said in words(phone.get(f"/carrier/?list={which}"))
    assert "Nothing found" in words(phone.get("/carrier/?q=YT&from=9&day=2026-11-22&page=7"))


def test_several_are_fetched_with_one_press_and_what_cannot_be_says_why(sale: Sale, phone: Client) -> None:
    first, second, gone = packed(sale, 3)
    trade_operations.refund_order(by=sale.stall.chief, order_id=gone.id, reason="烂果", now=later(5))
    form = {
        "do": "fetch",
        "o": [first.number, second.number, gone.number, "YT404"],
        "once": "0123456789abcdef",
    }
    text = words(phone.post("/carrier/together/", form, follow=True))
    assert "2 parcels are done." in text
    assert gone.number in text
    assert "None of your parcels has the code YT404." in text
    assert [state(one) for one in (first, second)] == ["on_the_way"] * 2
    phone.post("/carrier/together/", form)
    assert CarryingStep.objects.count() == 2
    assert "Tick the parcels first." in words(phone.post("/carrier/together/", {"do": "fetch"}, follow=True))


def test_several_are_delivered_with_one_press_to_a_named_place(sale: Sale, phone: Client) -> None:
    orders = [fetched(sale), fetched(sale)]
    form = {"do": "deliver", "o": [one.number for one in orders], "to": "nowhere"}
    assert phone.post("/carrier/together/", form).status_code == 422
    phone.post("/carrier/together/", {**form, "to": "point", "words": "菜鸟驿站"})
    assert {(one.detail, one.words) for one in CarryingStep.objects.filter(step="delivered")} == {
        ("point", "菜鸟驿站")
    }


def test_what_is_delivered_is_listed_by_day_the_newest_first(sale: Sale, phone: Client) -> None:
    """However far apart their places are: the driver looks for the parcel of this morning."""
    orders = [fetched(sale) for _each in range(3)]
    at = partial(_days_ago, timezone.now())
    for order, days in zip(orders, (0, 3, 0.0001), strict=True):
        trade_operations.deliver(by=sale.stall.driver, order_id=order.id, to=To.DOOR, now=timezone.now())
        Carrying.objects.filter(order_id=order.id).update(changed_at=at(days))
    text = words(phone.get("/carrier/?list=delivered"))
    with translation.override("en"):
        day = when(timezone.localdate(at(3)), now=timezone.now())
    newest, oldest = text.index(orders[0].number), text.index(orders[1].number)
    assert newest < text.index(orders[2].number) < text.index(day) < oldest


def test_a_step_of_a_phone_keeps_its_own_time_and_is_taken_once(sale: Sale, phone: Client) -> None:
    (order,) = packed(sale)
    at = timezone.now() - timedelta(hours=2)
    form = {
        "boxes": "1",
        "words": "一箱没备好",
        "at": at.isoformat(),
        "once": "5f0c3a52-8e2b-4e0c-9a53-0f6f5a1d2c11",
    }
    address = f"/carrier/parcels/{order.number}/fetch/"
    for _twice in range(2):
        assert phone.post(address, form)["Location"] == f"/carrier/parcels/{order.number}/"
    (step,) = CarryingStep.objects.all()
    assert (step.at, step.boxes, step.words) == (at, 1, "一箱没备好")
    assert step.noted_at > at
    text = words(phone.get(f"/carrier/parcels/{order.number}/"))
    assert "1 box · 一箱没备好" in text


def test_nobody_sends_another_ones_step_from_a_shared_phone(sale: Sale, phone: Client) -> None:
    (order,) = packed(sale)
    writer = {"Record-Writer": str(sale.stall.driver.pk + 1)}
    assert phone.post(f"/carrier/parcels/{order.number}/fetch/", {}, headers=writer).status_code == 403
    assert state(order) == "to_fetch"


def test_a_refused_step_stands_in_its_own_form_with_the_reason(sale: Sale, phone: Client) -> None:
    (order,) = packed(sale)
    page = f"/carrier/parcels/{order.number}"
    answer = phone.post(f"{page}/fetch/", {"boxes": "1"})
    assert answer.status_code == 422
    assert "The parcel is 2 boxes. If one is missing or damaged, say so in words." in words(answer)
    assert "This parcel was not fetched yet." in words(phone.post(f"{page}/deliver/", {"to": "door"}))
    trade_operations.fetch(by=sale.stall.driver, order_id=order.id, now=later(10))
    answer = phone.post(f"{page}/deliver/", {"to": "neighbour", "words": "\u200b"})
    assert "A word is missing: the neighbour's name" in words(answer)
    assert "Why" in words(phone.post(f"{page}/undelivered/", {"words": "没人"}))
    assert phone.post(f"{page}/lose/", {}).status_code == 404
    assert state(order) == "on_the_way"


def test_a_parcels_page_shows_what_its_state_needs(sale: Sale, phone: Client) -> None:
    order = fetched(sale)
    address = f"/carrier/parcels/{order.number}/"
    text = words(phone.get(address))
    assert "李** 138****8000" in text
    assert "文三路" not in text
    shown = phone.post(address)
    assert "李小满" in words(shown)
    assert 'href="tel:13800138000"' in shown.content.decode()
    assert "Offline-Owner" not in shown
    trade_operations.not_delivered(
        by=sale.stall.driver, order_id=order.id, why=Hindrance.ADDRESS, words="没有 9 栋", now=later(20)
    )
    text = words(phone.get(address))
    assert "The address is wrong · 没有 9 栋 The cooperative is asked what next" in text
    assert "The address is wrong · 没有 9 栋" in words(phone.get("/carrier/?list=on_the_way"))


def test_a_code_leads_to_its_parcel_and_an_unknown_one_says_so(sale: Sale, phone: Client) -> None:
    (order,) = packed(sale)
    for typed in (order.number.lower(), f"https://x.test/carrier/parcels/{order.number}/"):
        assert phone.get("/carrier/code/", {"c": typed})["Location"] == f"/carrier/parcels/{order.number}/"
    answer = phone.get("/carrier/code/", {"c": "YT404", "list": "on_the_way"}, follow=True)
    assert "None of your parcels has the code YT404." in words(answer)
    assert phone.get("/carrier/parcels/YT404/").status_code == 404


def test_lists_cost_the_same_for_one_and_for_many(sale: Sale, phone: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            phone.get("/carrier/")
        return len(asked)

    packed(sale)
    phone.get("/carrier/")
    one = cost()
    packed(sale, 4)
    assert cost() == one


def test_a_label_carries_the_square_its_carrier_scans(sale: Sale) -> None:
    (order,) = packed(sale)
    page = browser(make_packer(sale.stall)).get(f"/coop/orders/labels/?o={order.number}")
    assert page.content.decode().count('class="label-code"') == 2
    assert "For the carrier" in words(page)


def test_the_cooperative_says_what_next_and_reads_the_steps(sale: Sale, phone: Client) -> None:
    order = fetched(sale)
    trade_operations.not_delivered(
        by=sale.stall.driver, order_id=order.id, why=Hindrance.NOBODY, now=later(20)
    )
    desk = browser(make_packer(sale.stall))
    assert f"/coop/orders/{order.number}/" in desk.get("/coop/").content.decode()
    page = f"/coop/orders/{order.number}/"
    text = words(desk.get(page))
    assert "The parcel could not be delivered Nobody was there" in text
    assert "Fetched by the carrier" in text
    assert "A word is missing" in words(desk.post(f"{page}again/", {"words": " "}, follow=True))
    desk.post(f"{page}again/", {"words": "晚上送"})
    assert state(order) == CarryingState.ON_THE_WAY
    assert "Deliver it again 晚上送" in words(phone.get(f"/carrier/parcels/{order.number}/"))
    assert "Deliver it again 晚上送" in words(phone.get("/carrier/?list=on_the_way"))


def test_others_are_told_whom_the_pages_are_for(sale: Sale) -> None:
    (order,) = packed(sale)
    for person in (sale.stall.chief, make_stall().chief):
        answer: Any = browser(person).get("/carrier/")
        assert answer.status_code == 403
        assert "This page is for people of a carrier." in words(answer)
    assert browser(sale.stall.chief).get(f"/carrier/parcels/{order.number}/").status_code == 404
    assert trade.order(order_id=order.id).state == OrderState.PACKED


def test_ticked_parcels_are_taken_in_one_order_whichever_a_phone_sends_them_in(
    sale: Sale, phone: Client
) -> None:
    first, second = packed(sale, 2)
    phone.post("/carrier/together/", {"do": "fetch", "o": [second.number, "NOBODYS", first.number]})
    taken = CarryingStep.objects.order_by("id").values_list("carrying_id", flat=True)
    assert list(taken) == [first.id, second.id]
