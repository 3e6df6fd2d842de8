"""The cooperative's, the farmer's and the statements' pages in Chromium, on the whole platform with its demo county."""

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles import finders

from tests.flows.walking import AXE, arrived, enter, grave_violations, offer_it, too_wide

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from fieldcast.config.runner import Platform

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not finders.find("vendor/htmx/htmx.min.js"), reason="the pages' scripts are not installed"
    ),
]
PHONE, LAPTOP = 390, 1280
WAIT_MS = 20_000
CHIEF, FARMER, CARRIER = "果业合作社", "农户", "河湾冷链"
PAGES = {FARMER: ("/farm/", "/farm/lots/", "/farm/statements/"), CARRIER: ("/statements/carrier/",)}
# what `flows/test_cooperative_walk.py` looks at: at both widths in both languages, and with axe in each
WALKED = re.compile(
    r"/coop/(|lots/|lots/new/|lots/\d+/|orders/|orders/ship/.*|sessions/|agreements/|outside/|statements/)"
    r"|/statements/\d+/|/farm/(|statements/)"
)
SignIn = Callable[..., "Page"]


@pytest.fixture
def sign_in(server: "Platform", browser: "Browser") -> Iterator[SignIn]:
    """Opens a window of some width in which the first demo person whose card says `words` is signed in."""
    contexts: list[BrowserContext] = []

    def signed_in(words: str, *, width: int = PHONE, language: str = "zh-hans") -> "Page":
        context = browser.new_context(
            viewport={"width": width, "height": 844}, locale="zh-CN", base_url=server.url
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        enter(context, server.url, words)
        context.add_cookies([{"name": "django_language", "value": language, "url": server.url}])
        return page

    yield signed_in
    for context in contexts:
        context.close()


def addresses_under(page: "Page", start: str, pattern: str, limit: int = 1) -> list[str]:
    """Links of a page that fit a pattern."""
    page.goto(start)
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    return list(dict.fromkeys(link for link in found if re.fullmatch(pattern, link)))[:limit]


def cooperatives_pages(page: "Page") -> list[str]:
    """Every kind of page the chief has."""
    lots = addresses_under(page, "/coop/lots/", r"/coop/lots/\d+/")
    sessions = addresses_under(page, "/coop/sessions/", r"/coop/sessions/\d+/", 3)
    orders = addresses_under(page, "/coop/orders/", r"/coop/orders/D[\w-]+/")
    agreement = addresses_under(page, "/coop/agreements/", r"/coop/agreements/\d+/")[0]
    statements = addresses_under(page, "/coop/statements/", r"/statements/\d+/")
    number = orders[0].split("/")[-2]
    lists = [
        "",
        "lots/",
        "sessions/",
        "orders/",
        "orders/?state=all",
        "statements/",
        "agreements/",
        "outside/",
    ]
    makers = ["lots/new/", "sessions/new/", "agreements/new/", "outside/upload/"]
    return [
        *(f"/coop/{place}" for place in (*lists, *makers)),
        *(*lots, *sessions, *orders, *statements, agreement),
        *(
            f"{lots[0]}events/inspected/",
            f"{sessions[0]}offers/new/",
            f"{agreement}revise/",
            f"{orders[0]}refund/",
        ),
        *(f"/coop/orders/{kind}/?o={number}" for kind in ("labels", "ship")),
    ]


def what_grows(page: "Page") -> tuple[str, str]:
    """A plot and a fruit or vegetable that it is declared to grow, with room for a hundred jin more."""

    def chosen_from(select: str) -> list[tuple[str, str]]:
        options = page.locator(f"{select} option").all()
        return [(one.get_attribute("value") or "", one.inner_text()) for one in options]

    ask = page.locator("#room").get_attribute("hx-get")
    for plot, _name in chosen_from("#id_plot"):
        for product, name in chosen_from("#id_product"):
            if plot and product and name.endswith("(斤)") and not re.search("茶|菇|耳|蜜|干", name):
                told = page.request.get(f"{ask}?plot={plot}&product={product}&quantity=100").text()
                if "notice-wheat" not in told and "notice-persimmon" not in told and "notice" in told:
                    return plot, product
    raise AssertionError("no plot has room for a hundred jin of what grows there")


def listen(page: "Page") -> list[str]:
    """What scripts and the content policy complain of on this page from now on."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda said: heard.append(f"{page.url}: {said.text}") if said.type == "error" else None
    )
    return heard


def look_at(page: "Page", address: str, *, read: bool) -> list[str]:
    """What is wrong with a page: it does not answer, or is wider than a phone's or a laptop's window.

    With `read`, also what keeps people who use a reader or the keyboard from it.
    """
    response = page.goto(address)
    wrong = [] if response and response.status == 200 else [f"answers {response.status if response else '-'}"]
    wrong += [wide for width in (LAPTOP, PHONE) if (wide := too_wide(page, width))]
    if read and AXE.exists():
        wrong += grave_violations(page)
    return [f"{address}: {one}" for one in wrong]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_fits_its_window_and_can_be_read_by_everyone(sign_in: SignIn, language: str) -> None:
    """Each page is loaded once a language, and measured in both windows; what a walk looks at, in one of them alone.

    Neither words nor width change what readers are told: axe asks once, on a phone, where most is folded away.
    """
    wrong: list[str] = []
    for who in (CHIEF, FARMER, CARRIER):
        page = sign_in(who, language=language)
        pages = cooperatives_pages(page) if who == CHIEF else PAGES[who]
        heard = listen(page)
        for address in pages:
            walked = WALKED.fullmatch(address) is not None
            if language == "en" or not walked:
                wrong += look_at(page, address, read=language == "en" and not walked)
        wrong += heard
    assert wrong == []


def yes(page: "Page") -> None:
    """Say yes to the question that rises."""
    page.locator("#confirm[open] #confirm-yes").click()


def test_a_lot_is_registered_tested_and_sold_in_a_session_on_a_phone(sign_in: SignIn) -> None:
    """As the walk of a cooperative registers one on both."""
    page = sign_in(CHIEF, width=PHONE)
    page.goto("/coop/lots/new/")
    plot, product = what_grows(page)
    page.select_option("#id_plot", value=plot)
    page.select_option("#id_product", value=product)
    page.locator("#room .notice:not(.notice-wheat)").wait_for()
    page.fill("#id_quantity", "9999999")
    page.press("#id_quantity", "End")
    page.get_by_text("这块地产不了这么多。").wait_for()
    page.get_by_role("button", name="登记这一批").click()
    assert "已登记" in page.locator("#id_quantity_error").inner_text()
    assert page.locator("#id_quantity").input_value() == "9999999"
    page.fill("#id_quantity", "100")
    page.get_by_role("button", name="登记这一批").click()
    page.wait_for_url(re.compile(r"/coop/lots/\d+/$"))
    lot = page.locator("h1").inner_text().split(" · ")[-1]

    page.get_by_role("link", name="抽检", exact=True).first.click()
    page.check("input[value=pass]")
    page.get_by_role("button", name="记下来").first.click()
    yes(page)
    page.get_by_text("农残未检出").first.wait_for()

    page.goto("/coop/sessions/new/")
    page.select_option("#id_agreement", index=1)
    page.fill("#id_title", "秋桃晚场")
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url(re.compile(r"/coop/sessions/\d+/$"))
    page.get_by_role("link", name="加货").first.click()
    page.locator(".lot-choice", has_text=lot).click()
    for name, value in (("pack_units", "5"), ("price", "39.80"), ("units", "99")):
        page.fill(f"#id_{name}", value)
    page.get_by_role("button", name="排进货单").click()
    assert "最多 20 份" in page.locator("#id_units_error").inner_text()
    page.fill("#id_units", "20")
    offer_it(page, "main form .btn-primary")
    page.wait_for_url(re.compile(r"/coop/sessions/\d+/$"))
    assert "0 / 20" in page.locator("table").first.inner_text()
    page.get_by_role("button", name="取消这一场").click()
    yes(page)
    page.get_by_text("这一场取消了").wait_for()


def test_orders_are_ticked_and_a_column_of_numbers_is_pasted(sign_in: SignIn) -> None:
    """Out of a spreadsheet, so on a laptop; the walk of a cooperative ticks and sends on both."""
    page = sign_in(CHIEF, width=LAPTOP)
    page.goto("/coop/orders/")
    boxes = page.locator("input[name=o]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    assert page.locator("[data-select-count]").inner_text() == "已选 2 单"
    page.get_by_role("button", name="发货").click()
    arrived(page.locator("[data-tracking]"))
    numbers = [f"YT{LAPTOP}{number:06d}" for number in (1, 2)]
    page.evaluate(
        """text => {
          const first = document.querySelector("[data-tracking]"), data = new DataTransfer();
          data.setData("text", text);
          first.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        "\n".join(numbers),
    )
    typed = page.locator("[data-tracking]").evaluate_all("boxes => boxes.map(box => box.value)")
    assert typed == numbers
    page.locator("main button.btn-primary").click()
    page.get_by_text("2 件已发出。").wait_for()
    page.goto(f"/coop/orders/?q={numbers[1]}")
    assert numbers[1] in page.locator("main").inner_text()


def test_a_scanner_goes_from_box_to_box_and_sends_at_the_last(sign_in: SignIn) -> None:
    page = sign_in(CHIEF, width=LAPTOP)
    page.goto("/coop/orders/")
    for number in (0, 1):
        page.locator("input[name=o]").nth(number).check()
    page.get_by_role("button", name="发货").click()
    arrived(page.locator("[data-tracking]")).focus()
    page.keyboard.type("SC0000000001")
    page.keyboard.press("Enter")
    page.keyboard.type("SC0000000002")
    page.keyboard.press("Enter")
    page.get_by_text("2 件已发出。").wait_for()


def test_one_box_ticks_the_whole_page(sign_in: SignIn) -> None:
    page = sign_in(CHIEF, width=LAPTOP)
    page.goto("/coop/orders/")
    page.check("[data-select-all]")
    boxes = page.locator("input[name=o]")
    assert boxes.evaluate_all("boxes => boxes.every(box => box.checked)")
    boxes.first.uncheck()
    assert page.locator("[data-select-all]").evaluate("box => box.indeterminate")


def test_a_file_with_other_titles_and_wrong_rows_is_put_right_on_the_page(sign_in: SignIn) -> None:
    page = sign_in(CHIEF)
    folder = Path(tempfile.mkdtemp())
    header = "编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额\n"
    row = "77{n},39.80,39.80,浙江省,2026-05-01 08:00:00,2026-05-01 08:01:00,0\n"
    good = header + "".join(row.format(n=number) for number in range(50))
    good += row.format(n=99).replace("39.80", "9999999.99")
    (folder / "bad.csv").write_text(good.replace("771,39.80", "771,many"))
    (folder / "good.csv").write_text(good)
    page.goto("/coop/outside/upload/")
    page.set_input_files("input[type=file]", str(folder / "bad.csv"))
    page.get_by_role("button", name="先检查一下").click()
    assert page.locator("#outcome #column-number").input_value() == ""  # nothing is chosen for anyone
    page.select_option("#column-number", "编号")
    page.get_by_role("button", name="先检查一下").click()
    page.locator("#outcome table").wait_for()
    with page.expect_download() as download:
        page.locator("#outcome a[download]").click()
    assert "这不是金额" in Path(download.value.path()).read_text("utf-8-sig")
    page.set_input_files("input[type=file]", str(folder / "good.csv"))
    page.locator("button[value=import]").click()
    page.get_by_text("订单已经导入。").wait_for()
    page.goto("/coop/outside/")
    page.locator("[data-chart] canvas").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE  # ten million yuan still fit


def test_a_statement_opens_every_order_for_the_printer(sign_in: SignIn) -> None:
    page = sign_in(CHIEF)
    (address,) = addresses_under(page, "/coop/statements/", r"/statements/\d+/")
    page.goto(address)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details").evaluate_all("all => all.every(one => one.open)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.locator("details").evaluate_all("all => all.some(one => one.open)")


def test_without_scripts_orders_are_still_packed(server: "Platform", browser: "Browser") -> None:
    context = browser.new_context(base_url=server.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/demo/")
    page.locator("button.person", has_text=CHIEF).first.click()
    page.goto("/coop/orders/")
    page.locator("input[name=o]").first.check()
    page.get_by_role("button", name="打包好了").click()
    page.get_by_text("1 单已打包。").wait_for()
    context.close()


@pytest.mark.parametrize(
    ("who", "place"), [("平台管理员", "/office/"), (FARMER, "/farm/"), ("方慧", "/centre/")]
)
def test_the_tabs_of_a_phone_are_read_whole_in_english_and_in_larger_type(
    sign_in: SignIn, who: str, place: str
) -> None:
    page = sign_in(who, language="en")
    for size in ("ordinary", "large"):
        page.context.add_cookies([{"name": "type", "value": size, "url": page.context.request.get("/").url}])
        page.goto(place)
        tabs = page.locator(".tabbar span")
        assert tabs.count() > 4
        assert tabs.evaluate_all("all => all.filter((one) => one.scrollWidth > one.clientWidth).length") == 0
        assert tabs.evaluate_all(
            "all => all.every((one) => one.getBoundingClientRect().bottom <= innerHeight)"
        )
        assert not too_wide(page, PHONE)
