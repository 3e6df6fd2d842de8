"""A cooperative's way: a lot is registered, orders are packed and sent, and the money explained; and its neighbours."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from tests.flows.walking import WINDOWS, Walker, walker

if TYPE_CHECKING:
    from fieldcast.config.runner import Platform

pytestmark = pytest.mark.browser
CHIEF, HOST, OFFICER = "王德福", "王秀兰", "刘建国"


@pytest.fixture(params=WINDOWS, ids=lambda one: f"{one[0]}-{one[1]}")
def worker(request: pytest.FixtureRequest, browser: Browser, server: "Platform") -> Iterator[Walker]:
    width, language = request.param
    found = walker(browser, server, width=width, language=language)
    yield found
    found.page.context.close()


def test_a_cooperative_registers_packs_and_sends(worker: Walker) -> None:
    page = worker.page
    worker.enter(CHIEF)
    worker.go("/coop/")
    worker.look("coop")

    worker.go("/coop/lots/new/")
    page.locator("#id_quantity").fill("999999")
    page.locator("#lot-form button.btn-primary").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    worker.look("coop-lot-too-large")
    page.locator("#id_quantity").fill("1")
    page.locator("#lot-form button.btn-primary").click()
    page.wait_for_url("**/coop/lots/*/")
    worker.look("coop-lot")
    worker.go("/coop/lots/")
    worker.look("coop-lots")

    worker.go("/coop/orders/?state=paid")
    worker.look("coop-orders")
    page.locator("input[name=o]").first.check()
    page.locator("button[name=do][value=pack]").click()
    page.wait_for_load_state("load")
    worker.go("/coop/orders/?state=packed")
    page.locator("input[name=o]").first.check()
    page.locator("button[name=do][value=ship]").click()
    page.wait_for_url("**/coop/orders/ship/**")
    page.locator("input[type=text], input:not([type])").last.fill(
        f"HW{worker.width}{worker.language.upper()}01"
    )
    worker.look("coop-ship")
    page.locator("form[data-paste-column] button.btn-primary").click()
    page.wait_for_url(lambda address: "/ship/" not in address)
    worker.go("/coop/orders/?state=shipped")
    expect(page.locator("tbody tr").first).to_be_visible()


@pytest.mark.parametrize(
    ("person", "pages"),
    [
        (
            CHIEF,
            {
                "coop-sessions": "/coop/sessions/",
                "coop-agreements": "/coop/agreements/",
                "coop-outside": "/coop/outside/",
                "coop-statements": "/coop/statements/",
            },
        ),
        (HOST, {"studio": "/studio/", "studio-new": "/studio/new/", "studio-sessions": "/studio/sessions/"}),
        (
            OFFICER,
            {
                "county": "/county/",
                "county-sessions": "/county/sessions/",
                "county-orders": "/county/orders/",
                "county-settlement": "/county/settlement/",
                "county-checks": "/county/checks/",
                "county-households": "/county/households/",
            },
        ),
    ],
    ids=["cooperative", "host", "county"],
)
def test_the_consoles_hold_nothing_grave(worker: Walker, person: str, pages: dict[str, str]) -> None:
    worker.enter(person)
    for name, path in pages.items():
        worker.go(path)
        worker.look(name)


def test_a_statement_explains_itself(worker: Walker) -> None:
    worker.enter(CHIEF)
    worker.go("/coop/statements/")
    worker.page.locator("a[href^='/statements/']").first.click()
    worker.page.wait_for_url("**/statements/*/")
    worker.look("statement")


def test_a_farmer_sees_the_day_and_the_money(worker: Walker) -> None:
    worker.go("/demo/")
    worker.page.locator("button.person", has=worker.page.locator("text=/农户|Farmer/")).first.click()
    worker.page.wait_for_load_state("load")
    worker.go("/farm/")
    worker.look("farm")
    worker.go("/farm/statements/")
    worker.look("farm-statements")


def test_the_host_runs_the_room_from_the_studio(worker: Walker) -> None:
    worker.enter(HOST)
    worker.go("/studio/sessions/")
    links = worker.page.locator("main a[href^='/studio/sessions/']:not([href='/studio/sessions/']):visible")
    links.first.click()
    worker.page.wait_for_url("**/studio/sessions/*/")
    worker.look("studio-session")
