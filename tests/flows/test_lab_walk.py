"""An officer's way through the laboratory: move a slider, see the answer, send the address, keep a picture."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from tests.flows.walking import WINDOWS, Walker, walker

if TYPE_CHECKING:
    from fieldcast.config.runner import Platform

pytestmark = pytest.mark.browser
WORDS = {"zh": {"range": "0 到 1,000,000"}, "en": {"range": "from 0 to 1,000,000"}}


@pytest.fixture(params=WINDOWS, ids=lambda one: f"{one[0]}-{one[1]}")
def visitor(request: pytest.FixtureRequest, browser: Browser, server: "Platform") -> Iterator[Walker]:
    width, language = request.param
    found = walker(browser, server, width=width, language=language)
    yield found
    found.page.context.close()


@pytest.fixture
def laptop(browser: Browser, server: "Platform") -> Iterator[Walker]:
    found = walker(browser, server, width=1280, language="zh")
    yield found
    found.page.context.close()


def asked(visitor: Walker) -> dict[str, str]:
    """What the address says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(visitor.page.url).query).items()}


def numbers(visitor: Walker) -> list[str]:
    return visitor.page.locator("#now .num").all_inner_texts()


def test_the_page_holds_nothing_grave_in_any_state(visitor: Walker) -> None:
    visitor.go("/lab/")
    visitor.look("lab")
    visitor.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    visitor.look("lab-open")
    visitor.go("/lab/?C=many&F=10")
    visitor.look("lab-refused")


def test_a_slider_is_followed_by_the_answer_and_the_address(visitor: Walker) -> None:
    page = visitor.page
    visitor.go("/lab/")
    assert numbers(visitor) == ["4%", "80%"]
    slider = page.locator("#F-slider")
    slider.focus()
    for _press in range(10):
        slider.press("ArrowRight")  # half a unit each
    expect(page.locator("#F")).to_have_value("20")
    expect(page.locator("#now .num").first).to_have_text("20%")
    assert numbers(visitor) == ["20%", "60%"]
    page.wait_for_url(re.compile("F=20"))
    assert asked(visitor)["C"] == "24"
    expect(slider).to_be_focused()
    expect(page.locator("#said")).to_contain_text("20%")

    page.reload()
    assert numbers(visitor) == ["20%", "60%"]


def test_a_typed_number_moves_the_slider_and_a_wrong_one_is_refused_beside_it(visitor: Walker) -> None:
    page = visitor.page
    visitor.go("/lab/")
    field = page.locator("#C")
    field.fill("12")
    expect(page.locator("#now .num").first).to_have_text("52%")
    expect(page.locator("#C-slider")).to_have_js_property("value", "12")

    field.fill("-3")
    expect(page.locator("#error-C")).to_contain_text(WORDS[visitor.language]["range"])
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(page.locator("#now .num").first).to_have_text("—")

    field.fill("120")
    expect(page.locator("#error-C")).to_have_text("")
    expect(page.locator("#C-slider")).to_have_js_property("max", "200")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_the_numbers_stay_in_sight_while_conditions_are_moved(visitor: Walker) -> None:
    visitor.go("/lab/")
    visitor.page.locator("#H2-slider").evaluate(
        "one => scrollTo(0, one.getBoundingClientRect().top + scrollY - innerHeight / 2)"
    )
    expect(visitor.page.locator("#now")).to_be_in_viewport(ratio=0.9)


def test_a_preset_and_a_new_start_draw_the_arrow_of_a_policy(laptop: Walker) -> None:
    page = laptop.page
    laptop.go("/lab/")
    page.locator("#presets a").first.click()
    page.wait_for_url(re.compile("C=30"))
    expect(page.locator("#presets [aria-current]")).to_have_text("扶贫基准")
    expect(page.locator("#now")).to_have_class(re.compile("card-persimmon"))
    page.locator("#sheet-map a[data-state]").click()
    page.wait_for_url(re.compile("from=10,30"))
    page.locator("#C").fill("10")
    page.locator("#F").fill("30")
    expect(page.locator("#now .num").first).to_have_text("75%")
    expect(page.locator("#sheet-map circle")).to_have_count(2)
    assert asked(laptop)["from"] == "10,30"


def test_advice_is_tried_with_one_touch(laptop: Walker) -> None:
    page = laptop.page
    laptop.go("/lab/")
    page.locator("#target").fill("90")
    expect(page.locator("#advice")).to_contain_text("90%")
    page.locator("#advice a").click()
    expect(page.locator("#now .num").first).to_have_text("90%")
    expect(page.locator("#C")).to_have_value("2.5")
    page.wait_for_url(re.compile("from=15,24"))


def test_a_price_that_is_taken_away_changes_the_advice(laptop: Walker) -> None:
    page = laptop.page
    laptop.go("/lab/")
    page.locator(".lab-wish summary").click()
    page.locator("#price_subsidy").fill("")
    expect(page.locator("#advice")).to_contain_text("罚金加 95")
    page.wait_for_url(re.compile("price_subsidy=(&|$)"))
    page.reload()
    expect(page.locator("#advice")).to_contain_text("罚金加 95")


def test_a_fine_that_follows_dishonesty_is_a_switch(laptop: Walker) -> None:
    page = laptop.page
    laptop.go("/lab/")
    page.locator("input[name=motion][value=dynamic]").check()
    expect(page.locator("#sheet-portrait")).to_contain_text("43%")
    page.wait_for_url(re.compile("motion=dynamic"))


def test_a_picture_is_kept_as_png_with_what_is_drawn(laptop: Walker, tmp_path: Path) -> None:
    laptop.go("/lab/")
    for picture in ("map", "portrait", "responses", "tornado"):
        with laptop.page.expect_download() as kept:
            laptop.page.locator(f"#sheet-{picture} [data-png]").click()
        assert kept.value.suggested_filename == f"fieldcast-{picture}.png"
        kept.value.save_as(tmp_path / "kept.png")
        drawn = Image.open(tmp_path / "kept.png").convert("RGB")
        assert drawn.width == 1140
        assert len(drawn.getcolors(maxcolors=1_000_000) or []) > 20


def test_only_the_newest_question_is_answered(laptop: Walker) -> None:
    """A slow answer to an old question comes after the answer to a new one, and is not shown."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "C=12&" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page = laptop.page
    laptop.go("/lab/")
    page.route("**/lab/answer?*", hold)
    page.locator("#C").fill("12")
    page.wait_for_timeout(300)
    page.locator("#C").fill("6")
    expect(page.locator("#now .num").first).to_have_text("76%")
    for route in held:
        route.fulfill(status=200, body='<div id="now"><b class="num">52%</b></div>', content_type="text/html")
    page.wait_for_timeout(300)
    assert held
    assert numbers(laptop)[0] == "76%"


def test_without_the_network_the_page_says_so_and_goes_on_when_it_is_back(laptop: Walker) -> None:
    page = laptop.page
    laptop.go("/lab/")
    page.context.set_offline(True)
    page.locator("#C").fill("12")
    expect(page.locator("#trouble")).to_be_visible()
    assert numbers(laptop) == ["4%", "80%"]
    page.context.set_offline(False)
    expect(page.locator("#now .num").first).to_have_text("52%")
    expect(page.locator("#trouble")).to_be_hidden()


def test_it_works_without_script(browser: Browser, server: "Platform") -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server.url}/lab/")
    expect(page.locator(".lab-slider").first).to_be_hidden()
    page.locator("#C").fill("12")
    page.locator("noscript button, form#lab button.btn-primary").first.click()
    page.wait_for_url(re.compile("C=12"))
    assert page.locator("#now .num").first.inner_text() == "52%"
    context.close()
