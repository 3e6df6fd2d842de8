"""Looking at goods and at the host, and liking with two taps, without leaving the room: with a finger and with keys."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories.trade import Sale, make_sale

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not finders.find("vendor/htmx/htmx.min.js"), reason="the pages' scripts are not installed"
    ),
]
PLACE = "http://fieldcast.test"


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def page(browser: "Browser", sale: Sale) -> Iterator["Page"]:
    """The room on a phone, its pages drawn by Django beforehand: the browser's own thread sees no test's data."""
    room = f"/live/{sale.session.id}/"
    client = Client(headers={"accept-language": "en"})
    drawn = {room: client.get(room).content}
    for part in (f"{room}goods/{sale.offer.id}", f"{room}host"):
        drawn[part] = client.get(part, headers={"HX-Request": "true"}).content

    def answer(route: "Route") -> None:
        path = route.request.url.removeprefix(PLACE).partition("?")[0]
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path in drawn:
            route.fulfill(body=drawn[path], content_type="text/html; charset=utf-8")
        elif found:
            route.fulfill(path=str(found))
        else:
            route.fulfill(status=404, body="")

    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.route(f"{PLACE}/**", answer)
    shown = context.new_page()
    shown.goto(PLACE + room)
    yield shown
    context.close()


def test_goods_open_in_a_sheet_and_the_focus_comes_back(page: "Page") -> None:
    room = page.url
    page.locator("#now .goods-title").focus()
    page.keyboard.press("Enter")
    page.locator("#about", has_text="If something is wrong").wait_for()
    assert page.evaluate("document.activeElement.closest('dialog').id") == "about"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "goods-title"
    page.locator("#proof").click()  # what is explained, by its other way
    page.locator("#about", has_text="If something is wrong").wait_for()
    page.locator("#about [data-buy]").click()
    assert page.locator("#sheet[open]").count() == 1
    assert page.locator("#about[open]").count() == 0
    assert page.url == room


def test_the_host_opens_in_a_sheet(page: "Page") -> None:
    page.locator(".room-host").click()
    page.locator("#host", has_text="Sign in to follow").wait_for()


@pytest.mark.parametrize("size", ["", "large-type"])
def test_a_hosts_name_is_read_whole_also_in_larger_type(page: "Page", size: str) -> None:
    """The way out stays where it is; what is counted goes below the name."""
    page.evaluate(f"document.documentElement.className += ' {size}'")
    name = page.locator(".room-host b")
    name.evaluate("one => { one.textContent = 'Xiulan the fruit grower'; }")
    assert name.evaluate("one => one.scrollWidth <= one.clientWidth")
    leave, facts = page.locator(".room-leave").bounding_box(), page.locator(".room-host").bounding_box()
    assert leave
    assert facts
    assert leave["x"] + leave["width"] > 370
    assert facts["x"] + facts["width"] <= leave["x"]


def tap(page: "Page", x: int, y: int, *, at: float) -> None:
    """A finger at so many seconds: how long this machine takes to pass it on says nothing about how fast it was."""
    screen = page.context.new_cdp_session(page)
    for kind, points in (("touchStart", [{"x": x, "y": y}]), ("touchEnd", [])):
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, "timestamp": at})
    screen.detach()


def test_two_taps_on_the_picture_are_a_like_and_one_is_none(page: "Page") -> None:
    now = page.evaluate("(performance.timeOrigin + performance.now()) / 1000")
    tap(page, 190, 300, at=now)
    tap(page, 190, 300, at=now + 0.5)
    assert page.inner_text("#likes") == "0"
    tap(page, 195, 305, at=now + 0.7)
    assert page.inner_text("#likes") == "1"
    assert page.locator(".heart").count() == 1
