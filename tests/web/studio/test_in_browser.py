"""The live view in Chromium on the real server: a host at work while people ask and buy."""

import re
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

from tests.flows.walking import SIZES, enter, offer_it, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

    from fieldcast.config.runner import Platform

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not finders.find("vendor/htmx/htmx.min.js"), reason="the pages' scripts are not installed"
    ),
]
SignIn = Callable[..., "Page"]
PHONE: "ViewportSize" = {"width": 390, "height": 844}
WAIT_MS = 30_000  # a limit, not a wait: races of kills run beside these pages
HOST = "菌菇老何"


@pytest.fixture(scope="module")
def sign_in(server: "Platform", browser: "Browser") -> Iterator[SignIn]:
    """Signs in as someone of the demo county, by name or by place in the list (shoppers come first)."""
    contexts: list[BrowserContext] = []

    def signed_in(who: str | int) -> "Page":
        context = browser.new_context(viewport=PHONE, locale="zh-CN", base_url=server.url)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        enter(context, server.url, who)
        return page

    yield signed_in
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def broadcast(sign_in: SignIn) -> Iterator["Page"]:
    """A host who has planned a session, put a lot on its run sheet and gone live; it ends with the file."""
    page = sign_in(HOST)
    page.goto("/studio/new/")
    page.fill("[name=title]", f"试播 {time.time():.0f}")
    page.click("main form .btn-primary")
    page.wait_for_url(re.compile(r"/studio/sessions/\d+/$"))
    page.goto(page.url + "offers/new/")
    page.locator(".lot-choice").first.click()
    for name, value in {"pack_units": "1", "price": "60", "units": "8"}.items():
        page.fill(f"[name={name}]", value)
    offer_it(page, "main form .btn-primary")
    page.wait_for_selector(".run-row")
    page.click("button.go-live")
    page.click("#confirm-yes")
    page.wait_for_selector("[data-studio].with-tabs")
    yield page
    page.goto(session_of(page))
    end = page.locator(".on-air-do .btn-danger")
    if end.count():
        end.click()
        page.click("#confirm-yes")
        page.wait_for_selector("#check")


@pytest.fixture
def on_air(broadcast: "Page") -> "Page":
    """The host's page of the session that is live, opened anew: going live takes longer than any of these tests."""
    broadcast.goto(session_of(broadcast))
    until(broadcast, "document.body.dataset.stream === 'open'")
    return broadcast


def session_of(page: "Page") -> str:
    """The address of the session in the studio, whichever of its pages is open."""
    return re.sub(r"(/sessions/\d+/).*", r"\1", page.url)


def until(page: "Page", true: str) -> None:
    """Wait until an expression holds; the page's own policy forbids the waiting that Playwright would do in it."""
    deadline = time.monotonic() + WAIT_MS / 1000
    while not page.evaluate(true):
        assert time.monotonic() < deadline, true
        page.wait_for_timeout(100)


def settled(page: "Page") -> None:
    """Wait until the sheet's form is one that the page sends by itself.

    For 20 ms what was brought stands there and is sent as any form: nobody presses so soon, a browser's driver may.
    """
    until(page, "!document.querySelector('#offer-body .htmx-settling')")


def ask(shopper: "Page", room: str, text: str) -> None:
    """A shopper asks in the room."""
    shopper.goto(room)
    shopper.evaluate(
        """async ([room, text]) => {
            const csrf = document.querySelector("meta[name=csrf-token]").content;
            const body = new URLSearchParams({text, kind: "question"});
            await fetch(`${room}say`, {method: "POST", headers: {"X-CSRFToken": csrf, "HX-Request": "true"}, body});
        }""",
        [room, text],
    )


def room_of(page: "Page") -> str:
    """The public room of the session in the studio."""
    found = re.search(r"/sessions/(\d+)/", page.url)
    assert found
    return f"/live/{found[1]}/"


def test_a_question_comes_by_itself_and_what_is_being_typed_stays(on_air: "Page", sign_in: SignIn) -> None:
    first, second = sign_in(0), sign_in(1)
    room = room_of(on_air)
    ask(first, room, "几天能到？")
    on_air.click("[data-panel=questions]")
    boxes = on_air.locator("#questions .ask")
    boxes.first.wait_for()
    assert on_air.locator("#open-count").inner_text() == "1"
    boxes.first.locator("[name=text]").fill("还没打完")
    ask(second, room, "<b>甜吗</b>")
    boxes.nth(1).wait_for()
    assert boxes.nth(1).locator("[data-text]").inner_text() == "<b>甜吗</b>"
    assert boxes.first.locator("[name=text]").input_value() == "还没打完"
    boxes.nth(1).locator("[name=text]").fill("甜")
    boxes.nth(1).locator("[name=text]").press("Enter")
    until(on_air, "document.querySelectorAll('#questions .ask').length === 1")
    assert boxes.first.locator("[name=text]").input_value() == "还没打完"
    assert "甜" in (on_air.locator("#answered").text_content() or "")
    assert on_air.locator("#answered-count").inner_text() == "1"


def test_words_are_kept_with_enter_and_the_box_is_ready_for_the_next(on_air: "Page") -> None:
    on_air.click("[data-panel=said]")
    for text in ("今早五点采的", "坏果包赔"):
        on_air.fill("#say", text)
        on_air.press("#say", "Enter")
        on_air.locator("#lines li", has_text=text).wait_for()
        until(on_air, "document.getElementById('say').value === ''")
    assert on_air.locator("#lines li").count() == 2


def test_a_refusal_slides_in_and_what_was_typed_is_still_there(on_air: "Page") -> None:
    on_air.click("[data-panel=chat]")
    on_air.evaluate("document.getElementById('announce').removeAttribute('maxlength')")
    on_air.fill("#announce", "长" * 201)
    on_air.press("#announce", "Enter")
    on_air.locator("#toasts", has_text="200").wait_for()
    assert on_air.input_value("#announce") == "长" * 201


def test_a_new_price_closes_its_sheet_and_shows_at_once(on_air: "Page") -> None:
    on_air.locator(".goods-do a.btn").first.click()
    box = on_air.locator("#offer-body [name=price]")
    box.wait_for()
    settled(on_air)
    box.fill("abc")
    on_air.locator("#offer-body .btn-primary").click()
    on_air.locator("#offer-body .field-error").first.wait_for()
    settled(on_air)
    assert box.input_value() == "abc"
    with on_air.expect_response("**/sum/?**"):
        box.fill("62.5")
    on_air.locator("#price-deductions:not(.htmx-request)").wait_for(state="attached")
    settled(on_air)
    assert box.input_value() == "62.5"  # the sum is worked out beside the form, not in its place
    on_air.locator("#offer-body .btn-primary").click()
    until(on_air, "!document.getElementById('offer').open")
    on_air.locator("[data-price]", has_text="¥62.50").first.wait_for()


def test_explaining_moves_from_one_button_to_the_other(on_air: "Page") -> None:
    on_air.locator(".do-explain button").first.click()
    on_air.locator(".goods-row.is-explained .do-done button").wait_for()
    on_air.locator(".do-done button:visible").first.click()
    until(on_air, "!document.querySelector('.goods-row.is-explained')")


def test_no_page_of_the_studio_is_wider_than_its_screen(sign_in: SignIn) -> None:
    page = sign_in("王秀兰")
    wrong: list[str] = []
    for address in ("", "new/", "sessions/", "statements/", "sessions/1/", "sessions/13/"):
        page.goto(f"/studio/{address}")
        wrong += [f"{address}: {wide}" for width in SIZES if (wide := too_wide(page, width))]
    assert wrong == []
