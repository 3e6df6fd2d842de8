"""The whole platform as `fieldcast demo` runs it: pages, provider and jobs, opened in a browser."""

from typing import TYPE_CHECKING

import httpx
import pytest

from fieldcast.config.runner import Platform

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_pages_and_provider_say_they_are_well(server: Platform) -> None:
    assert httpx.get(f"{server.url}/healthz").json() == {"status": "ok"}
    assert httpx.get(f"{server.url}/readyz").text == "ok"
    assert httpx.get(f"{server.provider_url}/healthz").status_code == 200


def test_the_first_page_opens_with_everything_it_asks_for(server: Platform, browser: "Browser") -> None:
    missing: list[str] = []
    said: list[str] = []
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(server.url)
    page.wait_for_load_state("load")
    assert page.locator("h1, h2").count() > 0
    assert missing == []
    assert said == []
    page.close()


def test_scripts_and_styles_are_served_and_may_be_kept(server: Platform) -> None:
    for name in ("vendor/htmx/htmx.min.js", "vendor/tabler/tabler.min.css", "fieldcast/css/fieldcast.css"):
        answer = httpx.get(f"{server.url}/static/{name}")
        assert answer.status_code == 200, name
        assert "max-age" in answer.headers["cache-control"]
