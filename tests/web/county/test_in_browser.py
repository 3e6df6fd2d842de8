"""The dashboard in Chromium on the real server."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

from tests.flows.walking import SIZES, enter, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

    from fieldcast.config.runner import Platform

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not finders.find("vendor/htmx/htmx.min.js"), reason="the pages' scripts are not installed"
    ),
]
PHONE: "ViewportSize" = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 820}


@pytest.fixture(scope="module")
def signed_in(server: "Platform", browser: "Browser") -> Iterator["Page"]:
    """Someone of the county's authority."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", base_url=server.url)
    page = context.new_page()
    page.set_default_timeout(15_000)
    enter(context, server.url, "农业农村局")
    yield page
    context.close()


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def officer(signed_in: "Page", request: pytest.FixtureRequest) -> "Page":
    """The same officer, on a phone and on a laptop."""
    signed_in.set_viewport_size(request.param)
    return signed_in


def test_the_histories_are_checked_after_the_page_is_there(officer: "Page") -> None:
    officer.goto("/county/")
    officer.locator("#histories", has_text="没有一条被改动").wait_for()


def test_the_books_are_checked_by_a_button(officer: "Page") -> None:
    officer.goto("/county/checks/")
    officer.click("main form .btn-primary")
    officer.locator("h2", has_text="账都对得上").wait_for()


def test_choosing_a_village_sends_itself(officer: "Page") -> None:
    officer.goto("/county/households/")
    officer.select_option("#village", index=1)
    officer.wait_for_url(re.compile(r"village="))
    assert officer.locator("tbody tr").count() < 60


def test_no_page_is_wider_than_its_screen_and_no_script_fails(signed_in: "Page") -> None:
    wrong: list[str] = []
    signed_in.on("pageerror", lambda error: wrong.append(str(error)))
    signed_in.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    pages = ["", "attention/", "notices/", "households/", "sessions/", "sessions/1/", "orders/"]
    pages += ["settlement/", "checks/", *(f"figures/{slug}/" for slug in ("sales", "share", "in-time"))]
    for address in pages:
        signed_in.goto(f"/county/{address}")
        wrong += [f"{address}: {wide}" for width in SIZES if (wide := too_wide(signed_in, width))]
    assert wrong == []
