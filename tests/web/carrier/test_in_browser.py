"""A carrier's day without a signal, in Chromium on the whole platform: read, ticked by codes, kept, sent in order."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

from tests.flows.walking import SIZES, enter, grave_violations, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from fieldcast.config.runner import Platform

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not finders.find("vendor/idb/index.js"), reason="the pages' scripts are not installed"
    ),
]
WAIT_MS = 20_000


@pytest.fixture
def page(server: "Platform", browser: "Browser") -> Iterator["Page"]:
    """A phone on which the driver of the county's first carrier is signed in."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", base_url=server.url)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    enter(context, server.url, "河湾冷链")
    yield page
    context.close()


def until(page: "Page", is_so: str) -> None:
    """Ask until it is so; from outside, for the pages' content policy evaluates nothing."""
    for _try in range(600):
        if page.evaluate(is_so):
            return
        page.wait_for_timeout(100)
    raise AssertionError(is_so)


def looks_right(page: "Page") -> None:
    """Nothing runs off the side of a phone or a laptop, and axe finds nothing grave."""
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert not too_wide(page, width)
    page.set_viewport_size({"width": 390, "height": 844})
    assert not grave_violations(page)


def scan(page: "Page", code: str) -> None:
    """As a hand scanner types."""
    page.fill("#scan-code", code)
    page.press("#scan-code", "Enter")


def test_parcels_are_fetched_and_delivered_without_a_signal_and_sent_in_order(page: "Page") -> None:
    page.goto("/carrier/")
    until(page, "navigator.serviceWorker.controller !== null")
    rows = page.locator("[data-parcel] input[name=o]").evaluate_all("all => all.map((one) => one.value)")
    first, second = rows[:2]
    wanted = f"/carrier/parcels/{first}/"
    until(
        page,
        "caches.open('forms').then((forms) => forms.keys())"
        f".then((all) => all.some((one) => one.url.endsWith('{wanted}')))",
    )
    looks_right(page)
    page.context.set_offline(True)
    page.goto("/carrier/")  # as it was last seen
    for code, said in (
        (first.lower(), "勾上了"),
        (f"https://x.test/carrier/parcels/{second}/", "勾上了"),
        (second, "已经勾过了"),
        ("yt404404", "这台手机的单子上没有"),
    ):
        scan(page, code)
        page.locator("#scan-said", has_text=said).wait_for()
    page.click("#together button")
    row = page.locator(f"li[data-parcel='{first}']")
    row.get_by_text("只存在这台手机上").wait_for()
    assert row.locator("input").is_disabled()
    page.goto(wanted)
    page.check("[data-step-card=deliver] input[value=neighbour]")
    page.fill("[data-step-card=deliver] [name=words]", "3 栋王阿姨")
    page.click("[data-step-card=deliver] button")
    page.get_by_role("heading", name="只存在这台手机上").wait_for()
    page.context.set_offline(False)
    page.goto("/carrier/?list=delivered")
    page.get_by_text("已送出：3 条").wait_for()
    page.goto(wanted)
    told = page.locator(".journey li").all_inner_texts()
    assert [re.split(r"\s", one)[0] for one in told] == ["承运商说已送到", "承运商已取走"]
    assert "3 栋王阿姨" in told[0]
    looks_right(page)
    page.goto("/offline/")
    refused = page.locator("#records article", has_text="YT404404")
    refused.get_by_text("你的包裹里没有 YT404404 这个号").wait_for()
    assert page.locator("#records [data-state=sent]:visible").count() == 3


def test_what_is_merely_answered_slowly_is_being_sent_and_only_a_failure_stays_here(page: "Page") -> None:
    page.goto("/carrier/")
    until(page, "navigator.serviceWorker.controller !== null")
    held: list[Route] = []
    page.context.route("**/carrier/parcels/*/fetch/", lambda route: held.append(route))
    code = page.locator("[data-parcel] input[name=o]:enabled").first.get_attribute("value")
    row = page.locator(f"li[data-parcel='{code}']")
    row.locator("input").check()
    page.click("#together button")
    row.get_by_text("正在送出").wait_for()
    assert row.get_by_text("只存在这台手机上").count() == 0
    assert page.locator("#outbox-bar").is_hidden()
    until_held(page, held)
    held.pop().abort()
    row.get_by_text("只存在这台手机上").wait_for()
    assert page.locator("#outbox-bar").is_visible()
    assert row.get_by_text("正在送出").count() == 0


def until_held(page: "Page", held: "list[Route]") -> None:
    """Wait for a request that was caught."""
    for _try in range(600):
        if held:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing was sent")
