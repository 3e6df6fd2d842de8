"""A buyer's way: look, go in, order, pay in the sandbox, see it paid, and see where it came from."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.flows.walking import WINDOWS, Walker, walker

if TYPE_CHECKING:
    from fieldcast.config.runner import Platform

pytestmark = pytest.mark.browser
BUYERS = {(390, "zh"): "阿勇", (1280, "zh"): "安心", (390, "en"): "豆豆妈", (1280, "en"): "南山"}


@pytest.fixture(params=WINDOWS, ids=lambda one: f"{one[0]}-{one[1]}")
def buyer(request: pytest.FixtureRequest, browser: Browser, server: "Platform") -> Iterator[Walker]:
    width, language = request.param
    found = walker(browser, server, width=width, language=language)
    yield found
    found.page.context.close()


def test_a_buyer_watches_orders_pays_and_follows_the_parcel(buyer: Walker) -> None:
    page = buyer.page
    buyer.go("/")
    buyer.look("home")
    buyer.go("/demo/")
    buyer.look("people")
    buyer.sign_in(BUYERS[buyer.width, buyer.language])
    buyer.go("/live/")
    buyer.look("live")

    page.locator("main a[href^='/live/']:not([href='/live/']):visible").first.click()
    page.wait_for_url("**/live/*/")
    buyer.until("document.querySelector('video')?.currentTime > 0")
    buyer.look("room", whole=False)

    page.locator("[data-buy]:visible").first.click()
    sheet = page.locator("#sheet[open]")
    expect(sheet.locator("form.buy")).to_be_visible()
    buyer.look("buy", whole=False)
    with page.expect_navigation(url="**/pay?**"):
        sheet.locator("form.buy .btn-buy").click()

    with page.expect_navigation(url="**/me/orders/**"):
        page.locator("button[value=pay]").click()
    expect(page.locator(".order-now.card-paddy")).to_be_visible()
    buyer.look("order")

    page.locator("a[href^='/lots/']").first.click()
    page.wait_for_url("**/lots/*/")
    buyer.look("lot")
    buyer.go("/me/orders/")
    buyer.look("orders")
    buyer.go("/me/")
    buyer.look("me")


def test_the_pages_of_a_visitor_hold_nothing_grave(buyer: Walker) -> None:
    for name, path in {
        "sign-in": "/accounts/login/",
        "sign-up": "/accounts/signup/",
        "lots": "/lots/",
    }.items():
        buyer.go(path)
        buyer.look(name)


@pytest.mark.parametrize("place", [".stage-cover", ".stage-words p", ".stage-goods .btn"])
def test_every_part_of_what_is_live_on_the_first_page_leads_into_the_room(
    browser: Browser, server: "Platform", place: str
) -> None:
    visitor = walker(browser, server, width=390, language="zh")
    visitor.go("/")
    box = visitor.page.locator(f".stage {place}").first.bounding_box()
    assert box is not None
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)
    visitor.page.wait_for_url("**/live/*/")
    expect(visitor.page.locator("[data-room]")).to_be_visible()
    visitor.page.context.close()
