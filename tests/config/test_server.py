"""The whole platform as `fieldcast demo` runs it: pages, provider and jobs, opened in a browser."""

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
import pytest

from fieldcast.config import embedded
from fieldcast.config.environment import Environment
from fieldcast.config.runner import Platform
from fieldcast.kit import restarts

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


def test_a_killed_job_worker_is_started_again(server: Platform) -> None:
    jobs = next(each for each in server._processes if each.program.name == "jobs")
    former, before = jobs.pid, restarted(server, "jobs").count
    assert former is not None
    os.kill(former, signal.SIGKILL)
    eventually(
        lambda: (
            restarted(server, "jobs").count > before
            and restarted(server, "jobs").recovered_s is not None
            and jobs.pid != former
        )
    )


def test_pages_say_at_once_that_the_database_is_away_and_go_on_when_it_is_back(
    server: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = threading.Event()
    start_again = embedded.start_again

    def when_let(env: Environment) -> None:
        back.wait()
        start_again(env)

    monkeypatch.setattr(embedded, "start_again", when_let)
    database = embedded.postmaster(embedded.data_of(server.environment))
    pages = [each.pid for each in server._processes if each.program.name != "jobs"]
    assert database is not None
    database.kill()
    try:
        with httpx.Client(base_url=server.url, timeout=20) as client:
            eventually(lambda: client.get("/").status_code == 503)
            waited = []
            for _ in range(10):
                began = time.monotonic()
                page = client.get("/", headers={"Accept-Language": "en"})
                waited.append(time.monotonic() - began)
                assert page.status_code == 503
                assert page.headers["Retry-After"] == "5"
                assert "Nothing that was confirmed is lost" in page.text
            assert min(waited) < 2  # at once: none waits for a connection until it gives up
            # asked on the loop, which looks at the database every now and then, in each worker for itself
            eventually(lambda: all(client.get("/healthz").status_code == 503 for _ in range(6)), 10)
            refused = client.get("/api/v1/orders", headers={"Authorization": "Bearer none"})
            assert (refused.status_code, refused.json()["code"]) == (503, "database_away")
            back.set()
            eventually(lambda: all(client.get("/").status_code == 200 for _ in range(6)))
    finally:
        back.set()  # the next test wants the server back, whatever became of this one
        # on connections of their own, so that both page workers have let their dead ones go
        eventually(lambda: all(httpx.get(server.url, timeout=20).status_code == 200 for _ in range(12)))
    assert [each.pid for each in server._processes if each.program.name != "jobs"] == pages
    eventually(lambda: restarted(server, "database").recovered_s is not None)


def restarted(server: Platform, name: str) -> restarts.Program:
    return next(
        program for program in restarts.read(server.environment.home).programs if program.name == name
    )


def eventually(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
