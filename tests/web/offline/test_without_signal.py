"""A farm record without a signal, in Chromium on the whole platform: kept, sent, refused, and never twice.

The signal is the browser's own: it is cut for the page and its worker alike. All share one platform and each writes on
a time of its own, so that none meets another's record.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.contrib.staticfiles import finders

from tests.flows.walking import enter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

    from fieldcast.config.runner import Platform

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not finders.find("vendor/idb/index.js"), reason="the pages' scripts are not installed"
    ),
]
WAIT_MS = 20_000
MINUTES = count(1)
Phone = Callable[..., "Page"]


@pytest.fixture
def phone(server: "Platform", browser: "Browser") -> Iterator[Phone]:
    """A phone of its own, on which the first demo person whose card says `who` is signed in."""
    contexts: list[BrowserContext] = []

    def take(who: str = "果业合作社", *, width: int = 390) -> "Page":
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", base_url=server.url
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        enter(context, server.url, who)
        return page

    yield take
    for context in contexts:
        context.close()


def sign_in(page: "Page", who: str) -> None:
    page.goto("/demo/")
    page.locator("button.person", has_text=who).first.click()
    page.wait_for_url(re.compile(r"^(?!.*/demo/)"))


def until(page: "Page", is_so: str) -> None:
    """Ask until it is so; from outside, for the pages' content policy evaluates nothing."""
    for _try in range(600):
        if page.evaluate(is_so):
            return
        page.wait_for_timeout(100)
    raise AssertionError(is_so)


def lot_of(page: "Page") -> str:
    """The address of a lot whose forms are kept on the phone from now on."""
    page.goto("/coop/lots/")
    address = page.locator("a[href^='/coop/lots/']").evaluate_all(
        "links => links.map((one) => one.pathname).find((path) => /^.coop.lots.[0-9]+.$/.test(path))"
    )
    assert address
    page.goto(address)
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, "caches.open('forms').then((forms) => forms.keys()).then((all) => all.length >= 4)")
    return str(address)


def a_time() -> str:
    """A minute that no other record of these tests says."""
    now = datetime.now(ZoneInfo("Asia/Shanghai")) - timedelta(minutes=next(MINUTES))
    return f"{now:%Y-%m-%dT%H:%M}"


def write_down(page: "Page", lot: str, *, at: str, store: str) -> None:
    """Fill in the form of the cold store and agree to it."""
    page.goto(f"{lot}events/stored/")
    page.fill("[name=at]", at)
    page.fill("[name=store]", store)
    page.fill("[name=celsius]", "3.5")
    page.click("form[data-offline] button")
    page.click("#confirm-yes")


def times_told(page: "Page", lot: str, store: str) -> int:
    """How often the lot's history says `store`."""
    page.goto(lot)
    return page.get_by_text(store).count()


def test_what_is_written_without_a_signal_is_sent_once_there_is_one(phone: Phone) -> None:
    page = phone()
    lot = lot_of(page)
    page.context.set_offline(True)
    write_down(page, lot, at=a_time(), store="村口小冷库")
    page.get_by_role("heading", name="只存在这台手机上").wait_for()
    page.goto("/coop/")  # a page that is not kept: the phone's own comes instead
    page.get_by_role("heading", name="这台手机上", exact=True).wait_for()
    card = page.locator("#records article")
    card.get_by_text("只在这台手机上").wait_for()
    assert "村口小冷库" in card.inner_text()
    assert "3.5" in card.inner_text()
    page.close()  # killed
    again = page.context.new_page()
    again.context.set_offline(False)
    again.goto("/coop/")
    again.get_by_text("已送出：1 条").wait_for()
    assert again.locator("#outbox-bar").is_hidden()
    assert times_told(again, lot, "村口小冷库") == 1
    again.goto("/offline/")
    again.locator("#records article").get_by_text("已送到").wait_for()


def test_an_answer_that_is_lost_leaves_one_record(phone: Phone) -> None:
    page = phone()
    lot = lot_of(page)
    lost: list[int] = []

    def lose(route: "Route") -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    page.route("**/events/stored/", lose)
    write_down(page, lot, at=a_time(), store="丢了回音的库")
    page.get_by_role("heading", name="只存在这台手机上").wait_for()
    assert lost == [302]
    page.goto("/offline/")
    page.get_by_text("已送到").wait_for()
    assert times_told(page, lot, "丢了回音的库") == 1


def test_of_two_phones_with_the_same_record_one_is_told_that_it_is_there(phone: Phone) -> None:
    first, second, at = phone(), phone(), a_time()
    for page in (first, second):
        lot = lot_of(page)
        page.context.set_offline(True)
        write_down(page, lot, at=at, store="两人都记的库")
        page.get_by_role("heading", name="只存在这台手机上").wait_for()
    for page in (first, second):
        page.context.set_offline(False)
        page.goto("/offline/")
    first.get_by_text("已送到").wait_for()
    second.get_by_text("没有收下").wait_for()
    second.get_by_text(re.compile("已经这么写了")).wait_for()
    assert times_told(first, lot, "两人都记的库") == 1
    second.click("[data-part=drop]")
    second.click("#confirm-yes")
    second.get_by_text("这台手机上没有等着送出的").wait_for()


def test_a_record_that_is_not_taken_says_why_and_is_mended(phone: Phone) -> None:
    page = phone()
    lot = lot_of(page)
    page.context.set_offline(True)
    write_down(page, lot, at="2031-01-01T08:00", store="明天的冷库")
    page.get_by_role("heading", name="只存在这台手机上").wait_for()
    page.context.set_offline(False)
    page.goto("/offline/")
    page.get_by_text("没有收下").wait_for()
    page.get_by_text(re.compile("这个时间还没到")).wait_for()
    page.click("[data-part=open]")
    until(page, "document.querySelector('[name=store]')?.value === '明天的冷库'")
    page.fill("[name=at]", a_time())
    page.click("form[data-offline] button")
    page.click("#confirm-yes")
    page.wait_for_url(f"**{lot}")
    assert times_told(page, lot, "明天的冷库") == 1
    page.goto("/offline/")
    page.get_by_text("已送到").wait_for()
    assert page.locator("#records article").count() == 1


def test_without_room_nothing_is_said_to_be_kept(phone: Phone) -> None:
    page = phone()
    lot = lot_of(page)
    page.goto(f"{lot}events/stored/")
    tool = page.context.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    tool.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1})
    page.context.set_offline(True)
    page.fill("[name=at]", a_time())
    page.fill("[name=store]", "没地方存的库")
    page.click("form[data-offline] button")
    page.click("#confirm-yes")
    page.get_by_text(re.compile("手机存不下")).wait_for()
    assert page.input_value("[name=store]") == "没地方存的库"
    page.context.set_offline(False)  # and is sent as it stands
    page.click("form[data-offline] button")
    page.click("#confirm-yes")
    page.wait_for_url(f"**{lot}")
    assert times_told(page, lot, "没地方存的库") == 1


def test_another_who_signs_in_sees_nothing_of_it_and_sends_nothing(phone: Phone) -> None:
    page = phone()
    lot = lot_of(page)
    page.context.set_offline(True)
    write_down(page, lot, at=a_time(), store="换人前记的库")
    page.get_by_role("heading", name="只存在这台手机上").wait_for()
    page.context.clear_cookies(name="sessionid")  # else it is sent while the other is still signing in
    page.context.set_offline(False)
    sign_in(page, "梁金凤")
    page.goto("/offline/")
    page.get_by_text(re.compile("用这台手机的其他人还有 1 条")).wait_for()
    assert page.locator("#records article").count() == 0
    assert page.locator("#forms li").count() == 0
    page.context.set_offline(True)
    page.goto(f"{lot}events/stored/")
    page.get_by_role("heading", name="这台手机上", exact=True).wait_for()  # the other's form is gone
    page.context.set_offline(False)
    sign_in(page, "果业合作社")
    page.get_by_text("已送出：1 条").wait_for()
    assert times_told(page, lot, "换人前记的库") == 1


def test_signed_out_it_waits_for_its_writer(phone: Phone) -> None:
    page = phone()
    lot = lot_of(page)
    page.goto(f"{lot}events/stored/")
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=at]", a_time())
    page.fill("[name=store]", "退出后记的库")
    page.click("form[data-offline] button")
    page.click("#confirm-yes")
    page.get_by_text("你已退出登录，重新登录后会送出。").wait_for()
    sign_in(page, "果业合作社")
    page.get_by_text("已送出：1 条").wait_for()
    assert times_told(page, lot, "退出后记的库") == 1


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_of_the_phone_fits_its_window(
    phone: Phone, server: "Platform", width: int, language: str
) -> None:
    page = phone(width=width)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": server.url}])
    lot_of(page)
    page.goto("/offline/")
    page.locator("#forms li").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
