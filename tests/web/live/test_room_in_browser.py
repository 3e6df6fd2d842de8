"""The room on real phones: the whole platform with its demo county, and Chromium looking at it."""

import re
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles import finders

from tests.flows.walking import enter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from fieldcast.config.runner import Platform

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not finders.find("vendor/htmx/htmx.min.js"), reason="the pages' scripts are not installed"
    ),
]
Visitor = Callable[..., "Page"]
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 820}
WAIT_MS = 15_000


@pytest.fixture
def visit(server: "Platform", browser: "Browser") -> Iterator[Visitor]:
    """Opens the live room for a stranger, the n-th of the demo's people (shoppers come first) or one by name."""
    contexts: list[BrowserContext] = []

    def come(who: int | str | None = None, *, size: dict[str, int] = PHONE, scripts: bool = True) -> "Page":
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # width and height, as Playwright wants them
            locale="zh-CN",
            base_url=server.url,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        if who is not None:
            enter(context, server.url, who)
        page.goto("/live/")
        page.locator("article", has_text="直播中").first.locator("a").click()
        page.wait_for_selector("[data-room]")
        return page

    yield come
    for context in contexts:
        context.close()


def api(page: "Page", path: str, body: dict[str, Any]) -> Any:
    """Ask the API in this person's name, as their own page would."""
    return page.evaluate(
        """async ([path, body]) => {
            const csrf = document.querySelector("meta[name=csrf-token]").content;
            const headers = {"Content-Type": "application/json", "X-CSRFToken": csrf};
            const answer = await fetch(path, {method: "POST", headers, body: JSON.stringify(body)});
            if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
            return answer.json();
        }""",
        [path, body],
    )


def session_of(page: "Page") -> int:
    """The session this room shows."""
    found = re.search(r"/live/(\d+)/", page.url)
    assert found
    return int(found[1])


def presenter_of(page: "Page", visit: Visitor) -> "Page":
    """The host of this room, in it too."""
    name = page.locator(".room-host b").inner_text()
    return visit(name)


def until(page: "Page", true: str, *, within_ms: int = WAIT_MS) -> None:
    """Wait until an expression holds; the page's own policy forbids the waiting that Playwright would do in it."""
    deadline = time.monotonic() + within_ms / 1000
    while not page.evaluate(true):
        assert time.monotonic() < deadline, true
        page.wait_for_timeout(100)


def settled(page: "Page") -> None:
    """Wait until the page hears its session."""
    until(page, "document.body.dataset.stream === 'open'")


def test_the_picture_plays(visit: Visitor) -> None:
    page = visit()
    if not page.evaluate("MediaSource.isTypeSupported('video/mp4; codecs=\"avc1.42E01E,mp4a.40.2\"')"):
        pytest.skip("this Chromium cannot play H.264")
    until(page, "document.getElementById('video').readyState >= 3", within_ms=30_000)
    began = page.evaluate("document.getElementById('video').currentTime")
    until(page, f"document.getElementById('video').currentTime > {began} + 1")
    assert page.evaluate("document.getElementById('video').videoWidth") > 0
    page.click("#sound")
    assert page.evaluate("document.getElementById('video').muted") is False
    assert page.get_attribute("#sound", "aria-label") == "关闭声音"


def test_what_one_phone_writes_the_other_shows(visit: Visitor) -> None:
    reader, writer = visit(), visit(0)
    settled(reader)
    settled(writer)
    text = f"今天的<b>甜</b>吗 {time.time():.0f}"
    writer.fill("#say-text", text)
    writer.press("#say-text", "Enter")
    line = reader.locator("#chat li", has_text=text)
    line.wait_for()
    assert line.count() == 1
    assert reader.locator("#chat li b b").count() == 0
    assert writer.input_value("#say-text") == ""


def test_a_question_is_answered_in_sight_of_everyone(visit: Visitor) -> None:
    reader, asker = visit(), visit(1)
    host = presenter_of(reader, visit)
    settled(reader)
    settled(asker)
    asker.click("#ask")  # with nothing written: the next line is a question
    assert asker.get_attribute("#ask", "aria-pressed") == "true"
    asker.fill("#say-text", "能寄哈尔滨吗？")
    asker.press("#say-text", "Enter")
    question = reader.locator("#chat li.dm-question", has_text="能寄哈尔滨吗？").last
    question.wait_for()
    number = int(question.get_attribute("data-message") or 0)
    path = f"/api/v1/sessions/{session_of(reader)}/messages"
    api(host, path, {"text": "能寄，三天到", "kind": "answer", "answers": number})
    answer = reader.locator("#chat li.dm-host", has_text="能寄，三天到").last
    answer.wait_for()
    assert "能寄哈尔滨吗？" in answer.locator(".dm-asked").inner_text()
    assert answer.locator("b").inner_text() == "主播"


def test_packs_left_move_while_someone_else_buys(visit: Visitor) -> None:
    watcher, buyer = visit(), visit(2)
    settled(watcher)
    settled(buyer)
    offer = buyer.locator("#now [data-offer]").get_attribute("data-offer")
    left = watcher.locator(f"#now [data-offer='{offer}'] [data-left]")
    before = int(left.inner_text())
    buyer.locator("#now [data-buy]").click()
    buyer.locator("#sheet button.btn-buy").click()
    selector = f"#now [data-offer='{offer}'] [data-left]"
    until(watcher, f'Number(document.querySelector("{selector}").textContent) < {before}')


def test_the_card_follows_what_the_host_explains(visit: Visitor) -> None:
    phone = visit()
    host = presenter_of(phone, visit)
    settled(phone)
    offers = [one.get_attribute("data-offer") for one in phone.locator("#offers [data-offer]").all()]
    shown = phone.locator("#now [data-offer]").get_attribute("data-offer")
    other = next(one for one in offers if one != shown)
    api(host, f"/api/v1/sessions/{session_of(phone)}/explain", {"offer_id": int(other or 0)})
    phone.wait_for_selector(f"#now .is-explained [data-offer='{other}']")
    assert phone.locator("#now .goods-now").is_visible()
    api(host, f"/api/v1/sessions/{session_of(phone)}/explain", {"offer_id": int(shown or 0)})
    phone.wait_for_selector(f"#now .is-explained [data-offer='{shown}']")


def test_hearts_fly_at_once_and_are_counted_for_everyone(visit: Visitor) -> None:
    giver, watcher = visit(), visit()
    settled(watcher)
    settled(giver)
    before = int(giver.inner_text("#likes").replace(",", ""))
    for _ in range(5):
        giver.click("#like button")
    assert giver.locator(".heart").count() > 0
    until(watcher, f"Number(document.getElementById('likes').textContent.replace(',', '')) >= {before} + 5")


def test_the_bag_holds_every_offer_on_a_phone_and_stands_beside_the_picture_on_a_laptop(
    visit: Visitor,
) -> None:
    phone, laptop = visit(), visit(size=LAPTOP)
    settled(phone)
    settled(laptop)
    phone.click(".room-bag")
    count = int(phone.inner_text("#bag-count"))
    assert phone.locator("#bag [data-offer]:visible").count() == count
    phone.keyboard.press("Escape")
    assert not phone.locator("#bag").is_visible()
    assert (
        laptop.locator("#panel [data-offer]:visible").count() == count - 1
    )  # the explained one stands above, large
    picture, chat = laptop.locator(".room-stage").bounding_box(), laptop.locator("#chat").bounding_box()
    goods = laptop.locator("#panel").bounding_box()
    assert picture
    assert chat
    assert goods
    assert chat["x"] + chat["width"] <= picture["x"] <= goods["x"] - picture["width"]
    assert picture["height"] / picture["width"] == pytest.approx(16 / 9, abs=0.12)


def test_what_the_host_says_is_shown_when_asked_for(visit: Visitor) -> None:
    phone = visit()
    host = presenter_of(phone, visit)
    settled(phone)
    phone.click("#captions-switch")
    now = host.evaluate("new Date().toISOString()")
    path = f"/api/v1/sessions/{session_of(phone)}/transcript"
    api(host, path, {"text": "这批草莓今早五点半采的。", "at": now})
    phone.locator("#caption", has_text="这批草莓今早五点半采的。").wait_for()
    phone.click("#captions button")
    assert "这批草莓今早五点半采的。" in phone.locator("#lines li").last.inner_text()


def test_a_room_that_lost_its_line_says_so_and_finds_it_again(visit: Visitor) -> None:
    phone = visit()
    settled(phone)
    phone.route("**/events*", lambda route: route.fulfill(status=503))
    phone.reload()
    sign = phone.locator("[data-stream-state]")
    sign.wait_for()
    assert sign.inner_text() == "连接断了，正在重连…"
    phone.unroute("**/events*")
    sign.wait_for(state="hidden", timeout=30_000)


def test_without_scripts_the_room_can_be_read_and_leads_to_buying(visit: Visitor) -> None:
    phone = visit(scripts=False)
    assert phone.locator("#offers [data-offer]:visible").count() > 1
    phone.locator("#now [data-buy]").click()
    assert "/buy/" in phone.url
