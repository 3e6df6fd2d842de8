"""Walking through the real pages in Chromium: signing in, looking, taking pictures, asking axe what is wrong."""

import io
import os
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

if TYPE_CHECKING:
    from fieldcast.config.runner import Platform

PROJECT = Path(__file__).resolve().parents[2]
SCREENSHOTS = PROJECT / "docs" / "screenshots"
PICTURES = PROJECT / "build" / "screenshots"
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {390: (390, 844), 1280: (1280, 820)}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
EVERY_WINDOW = ((390, "zh"), (1280, "zh"), (390, "en"), (1280, "en"))
# Two walks look at all four: each page is measured at the other width too (`look`), and what axe judges hangs on what
# is folded away at a width and on which words are there, of which each has its turn. Pictures are taken of all four.
WINDOWS = EVERY_WINDOW if os.environ.get("SCREENSHOTS") else ((390, "zh"), (1280, "en"))
GRAVE = ("serious", "critical")


@dataclass
class Walker:
    """Someone with a browser window of one size and language."""

    page: Page
    url: str
    width: int
    language: str

    def go(self, path: str) -> None:
        """Open a page and wait until its pictures and scripts are there."""
        self.page.goto(self.url + path)
        self.page.wait_for_load_state("load")

    def sign_in(self, name: str) -> None:
        """Sign in with one click as someone of the demo county."""
        self.go("/demo/")
        with self.page.expect_navigation():
            self.page.locator("button.person", has_text=name).first.click()

    def enter(self, name: str) -> None:
        """Be signed in as someone of the demo county."""
        enter(self.page.context, self.url, name)

    def look(self, name: str, *, whole: bool = True) -> None:
        """Nothing runs off the side of a phone or a laptop, axe finds nothing grave, and a picture is kept."""
        self._show_everything(whole)
        for width in (*(other for other in SIZES if other != self.width), self.width):
            assert not (wide := too_wide(self.page, width)), f"{name}, {self.language}: {wide}"
        wrong = grave_violations(self.page)
        assert not wrong, f"{name}, {self.width} px, {self.language}: {wrong}"
        self._keep(f"{name}-{self.width}-{self.language}.png", whole)

    def _keep(self, name: str, whole: bool) -> None:
        """`SCREENSHOTS=1 make test` keeps every picture in `build/`; `docs` also renews what the documentation shows.

        A picture of a whole page takes longer than reading it, so none is taken that nobody asked for.
        """
        if not os.environ.get("SCREENSHOTS"):
            return
        taken = self.page.screenshot(full_page=whole, animations="disabled")
        few_colours = Image.open(io.BytesIO(taken)).convert("RGB").quantize(256, Image.Quantize.MEDIANCUT)
        PICTURES.mkdir(parents=True, exist_ok=True)
        few_colours.save(PICTURES / name, optimize=True)
        if os.environ.get("SCREENSHOTS") == "docs" and (SCREENSHOTS / name).exists():
            few_colours.save(SCREENSHOTS / name, optimize=True)

    def until(self, expression: str, *, seconds: int = 30) -> None:
        """Wait until a script expression is true: asked from here, since the content policy forbids the page to."""
        for _look in range(seconds * 20):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never became true: {expression}")

    def _show_everything(self, whole: bool) -> None:
        """Pictures below the fold are loaded when they are scrolled to."""
        if whole:
            self.page.evaluate("document.querySelectorAll('img').forEach(one => { one.loading = 'eager' })")
        # one in a sheet that is closed is fetched when it opens
        closed = "(one.loading === 'lazy' && !one.checkVisibility())"
        self.until(f"[...document.images].every(one => one.complete || {closed})")
        broken = self.page.evaluate(
            "[...document.images].filter(one => one.complete && !one.naturalWidth).map(one => one.src)"
        )
        assert not broken, f"pictures that are not there: {broken}"


def offer_it(page: Page, button: str) -> None:
    """Press a form's button for a price; where it is asked about because it is far from the last one, it is meant."""
    page.click(button)
    asked = page.locator("[name=confirms_jump]")
    page.locator(".run-row, table, [name=confirms_jump]").first.wait_for()
    if asked.count():
        asked.check()
        page.click(button)


CARD = re.compile(r'<button class="person" formaction="([^"]+)">(.*?)</button>', re.DOTALL)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def arrived(found: Locator) -> Locator:
    """The first of what is looked for on the page one came to, once its scripts have run: before, it hears nothing."""
    found.first.wait_for()
    found.page.wait_for_load_state("load")
    return found.first


def enter(context: BrowserContext, url: str, who: str | int) -> None:
    """Sign a window in as the first demo person whose card says `who`, or as the n-th (shoppers come first).

    As the button does, but without drawing the page it stands on and the one it leads to: those are walked elsewhere,
    and drawn again for every test they take longer than many a test.
    """
    people = context.request.get(f"{url}/demo/").text()
    cards = {address: unescape(re.sub(r"<[^>]*>", " ", inner)) for address, inner in CARD.findall(people)}
    found = [address for address, words in cards.items() if isinstance(who, int) or who in words]
    assert found, f"nobody is {who}: {[' '.join(words.split()) for words in cards.values()]}"
    sent = {"csrfmiddlewaretoken": TOKEN.findall(people)[0]}
    address = found[who if isinstance(who, int) else 0]
    answer = context.request.post(f"{url}{address}", form=sent, max_redirects=0)
    assert answer.status == 302, f"{answer.status} {answer.text()[:200]}"


def too_wide(page: Page, width: int) -> str:
    """What is wrong when the page is wider than a window of `width`, to which it is turned; else nothing."""
    page.set_viewport_size({"width": width, "height": SIZES[width][1]})
    for _look in range(10):
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide <= width:
            return ""
        page.wait_for_timeout(100)  # a drawing follows its window a moment later
    return f"{wide} px wide on a screen of {width}"


def grave_violations(page: Page) -> list[str]:
    """What axe finds serious or critical, with the first place of each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: Any = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{one['id']}: {one['help']} at {one['nodes'][0]['target']}"
        for one in result["violations"]
        if one["impact"] in GRAVE
    ]


def walker(browser: Browser, server: "Platform", *, width: int, language: str) -> Walker:
    """A fresh window; whatever the page's scripts complain of fails the walk."""
    size = SIZES[width]
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": LANGUAGES[language], "url": server.url}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    page.on("pageerror", lambda error: (_ for _ in ()).throw(AssertionError(f"script error: {error}")))
    return Walker(page=page, url=server.url, width=width, language=language)
