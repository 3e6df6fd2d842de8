"""The scripts of every page, in Chromium, under the real content policy: what a finger or a key sets off."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path
from django.utils import timezone

from fieldcast.kit.errors import Problem

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not finders.find("vendor/htmx/htmx.min.js"), reason="the pages' scripts are not installed"
    ),
]
PLACE = "http://fieldcast.test"
SENT: list[QueryDict] = []

PAGE = """{% extends "shell_phone.html" %}{% block title %}Trial{% endblock %}{% block content %}<h1>Trial</h1>
<form id="plain" method="post" action="/send/">{% csrf_token %}
  <button name="way" value="plain">send</button></form>
<form id="entry" method="post" action="/send/">{% csrf_token %}<label for="secret">Password</label>
  <input class="form-control" type="password" name="secret" id="secret"><button>enter</button></form>
<form id="asked" method="post" action="/send/">{% csrf_token %}<button name="way" value="asked"
  data-confirm="Cancel this order?" data-confirm-more="The money goes back."
  data-confirm-yes="Cancel it">cancel</button></form>
<form id="worded" method="post" action="/send/" novalidate>{% csrf_token %}<input name="who" required value="you">
  <textarea name="words"></textarea>
  <button name="do" value="decline" data-needs="words" data-confirm="Sure?">no</button>
  <button name="do" value="accept" data-confirm="Sure?">yes</button></form>
<button id="refused" hx-post="/refuse/" hx-target="#main">refused</button>
<button id="worked" hx-post="/send/" hx-vals='{"way": "htmx"}' hx-target="#answer">worked</button><p id="answer"></p>
<button id="gone" hx-get="/no-such-page/">gone</button>
<button id="open" data-sheet-open="buy" hx-get="/fragment/" hx-target="#buy-body">open</button>
{% include "components/sheet.html" with id="buy" title="Peaches" %}
{% include "components/quantity.html" with name="units" value=1 max=3 %}
<button id="loud" data-read-aloud="#said" hidden>read</button>
<div id="said"><h2>On Friday you get</h2><p><b>¥12.00</b>: 3 boxes <button>x</button></p><p data-unread>rows</p></div>
{% moment past %} <span id="hold">{% countdown until %}</span>
{% include "components/chart.html" with id="figures" title="Sales" option=option rows=rows %}
{% endblock %}"""


class NoneLeft(Problem):
    """A refusal made up for these tests."""

    code = "none_left"
    status = 409
    sentence = "Sold out."
    next_step = "Look at the others."


class Units(forms.Form):
    """What the buy sheet of these tests asks."""

    units = forms.IntegerField(min_value=1)


def trial(request: HttpRequest) -> HttpResponse:
    """A page with one of everything the scripts care for."""
    context = {
        "past": timezone.now() - timedelta(minutes=3),
        "until": timezone.now() + timedelta(minutes=14, seconds=30),
        "option": {
            "unit": "yuan",
            "xAxis": {"type": "category", "data": ["9", "10"]},
            "yAxis": {"type": "value"},
            "series": [{"type": "line", "data": [1, 2]}],
        },
        "rows": [["month", "yuan"], ["9", "1"], ["10", "2"]],
    }
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


def send(request: HttpRequest) -> HttpResponse:
    """Keeps what was sent."""
    SENT.append(request.POST)
    response = HttpResponse("done")
    response["HX-Trigger"] = '{"toast": {"text": "Packed", "tone": "success"}}'
    return response


def refuse(request: HttpRequest) -> HttpResponse:
    """Refuses."""
    raise NoneLeft


def fragment(request: HttpRequest) -> HttpResponse:
    """What the sheet is filled with."""
    return render(request, "components/fields.html", {"form": Units()})


def static_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A static file, found where the platform finds it."""
    return FileResponse(open(str(finders.find(name)), "rb"))


urlpatterns = [
    path("", trial, name="home"),
    path("send/", send),
    path("refuse/", refuse),
    path("fragment/", fragment),
    path("static/<path:name>", static_file),
    path("", include("fieldcast.config.urls")),
]


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    """The trial page on a phone, answered by Django in this process, with its headers as they are."""
    SENT.clear()
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    # In the browser's own thread each answer is a context of its own, whose connection would outlive the test.
    apart = ThreadPoolExecutor(max_workers=1)

    def ask(*args: Any, **kwargs: Any) -> Any:
        try:
            return client.generic(*args, **kwargs)
        finally:
            connection.close()

    def answer(route: "Route") -> None:
        asked = route.request
        headers = {
            k: v for k, v in asked.headers.items() if k not in ("cookie", "accept-language", "content-type")
        }
        response: Any = apart.submit(
            ask,
            asked.method,
            asked.url.removeprefix(PLACE),
            asked.post_data_buffer or b"",
            content_type=asked.headers.get("content-type", ""),
            headers=headers,
        ).result()
        body = b"".join(response.streaming_content) if response.streaming else response.content
        kept = {key: value for key, value in response.headers.items() if key.lower() != "content-length"}
        for name, morsel in response.cookies.items():
            kept["Set-Cookie"] = f"{name}={morsel.value}; Path=/"
        route.fulfill(status=response.status_code, headers=kept, body=body)

    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    context.route(f"{PLACE}/**", answer)
    with override_settings(ROOT_URLCONF=__name__):
        shown = context.new_page()
        blocked: list[str] = []
        shown.on(
            "console", lambda said: blocked.append(said.text) if "Content Security" in said.text else None
        )
        shown.on("pageerror", lambda error: blocked.append(str(error)))
        shown.goto(PLACE)
        yield shown
        assert blocked == []
    context.close()
    apart.shutdown()


def test_a_form_is_sent_once_however_often_it_is_touched(page: "Page") -> None:
    let_through = page.evaluate("""() => {
      let sent = 0;
      addEventListener("submit", (event) => { if (!event.defaultPrevented) sent += 1; event.preventDefault(); });
      const button = document.querySelector("#plain button");
      button.click(); button.click(); button.click();
      return sent;
    }""")
    assert let_through == 1
    assert page.get_attribute("#plain button", "aria-busy") == "true"
    page.reload()
    page.click("#plain button")
    page.wait_for_url("**/send/")
    assert [sent["way"] for sent in SENT] == ["plain"]


def test_what_cannot_be_undone_is_asked_first(page: "Page") -> None:
    page.click("#asked button")
    dialog = page.locator("#confirm")
    assert dialog.locator("h2").inner_text() == "Cancel this order?"
    assert dialog.get_by_text("The money goes back.").is_visible()
    page.get_by_role("button", name="Not now").click()
    assert SENT == []
    page.click("#asked button")
    page.get_by_role("button", name="Cancel it").click()
    page.wait_for_url("**/send/")
    assert [sent["way"] for sent in SENT] == ["asked"]


@pytest.mark.parametrize(("emptied", "do"), [("who", "accept"), ("words", "decline")])
def test_what_is_missing_is_said_before_anything_is_asked(page: "Page", emptied: str, do: str) -> None:
    """The platform says it, in words beside the field; what is complete is asked."""
    page.fill("#worded [name=words]", "Not this year.")
    page.click(f"#worded [value={do}]")
    page.locator("#confirm").get_by_role("button", name="Not now").click()
    assert SENT == []
    page.fill(f"#worded [name={emptied}]", " ")
    page.click(f"#worded [value={do}]")
    page.wait_for_url("**/send/")
    assert [sent["do"] for sent in SENT] == [do]


def test_a_refusal_slides_in_and_the_page_stays(page: "Page") -> None:
    page.click("#refused")
    notice = page.locator("#toasts .notice")
    notice.wait_for()
    assert "Sold out." in notice.inner_text()
    assert "Look at the others." in notice.inner_text()
    assert page.locator("h1").inner_text() == "Trial"
    page.click("#toasts [data-dismiss]")
    assert notice.count() == 0


def test_the_same_refusal_twice_is_one_notice(page: "Page") -> None:
    for _ in range(2):
        with page.expect_response("**/refuse/"):
            page.click("#refused")
    page.wait_for_timeout(200)
    assert page.locator("#toasts .notice").count() == 1


def test_an_answer_lands_in_its_place_and_may_bring_a_notice(page: "Page") -> None:
    page.click("#worked")
    page.locator("#answer", has_text="done").wait_for()
    page.locator("#toasts", has_text="Packed").wait_for()
    assert SENT[0]["way"] == "htmx"


def test_a_failure_nobody_worded_is_worded(page: "Page") -> None:
    page.click("#gone")
    page.locator("#toasts", has_text="This is not there, or not yours to see.").wait_for()


def test_a_password_is_shown_and_hidden_by_a_button_that_says_so_and_is_sent_hidden(page: "Page") -> None:
    secret, button = page.locator("#secret"), page.locator("#entry .password-show")
    button.wait_for()
    secret.fill("peach-orchard-7")
    page.keyboard.press("Tab")
    states = []
    for _time in range(3):
        states.append(
            [secret.get_attribute("type"), *map(button.get_attribute, ("aria-pressed", "aria-label"))]
        )
        page.keyboard.press("Space")
    hidden, shown = ["password", "false", "Show the password"], ["text", "true", "Hide the password"]
    assert states == [hidden, shown, hidden]
    assert secret.input_value() == "peach-orchard-7"
    assert secret.get_attribute("type") == "text"
    page.evaluate("document.addEventListener('submit', (event) => event.preventDefault(), { once: true })")
    page.get_by_role("button", name="enter").click()
    assert secret.get_attribute("type") == "password"  # a browser offers to keep it only then


def test_a_sheet_is_filled_closes_by_key_and_gives_the_focus_back(page: "Page") -> None:
    page.click("#open")
    page.locator("#buy-body input[name=units]").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator("#buy").is_visible()
    assert page.evaluate("document.activeElement.id") == "open"


def test_a_touch_outside_closes_the_sheet(page: "Page") -> None:
    page.click("#open")
    page.locator("#buy-body input[name=units]").wait_for()
    page.mouse.click(190, 30)
    assert not page.locator("#buy").is_visible()


def test_a_notice_is_seen_over_an_open_sheet(page: "Page") -> None:
    page.click("#open")
    page.evaluate("htmx.trigger('#refused', 'click')")
    notice = page.locator("#buy #toasts .notice")
    notice.wait_for()
    page.click("#buy #toasts [data-dismiss]")
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert page.locator("body > #toasts").count() == 1


def test_counting_stops_at_the_limit(page: "Page") -> None:
    more, less = page.get_by_role("button", name="One more"), page.get_by_role("button", name="One less")
    assert less.is_disabled()
    more.click()
    more.click()
    assert page.input_value("input[name=units]") == "3"
    assert more.is_disabled()


def test_the_offline_notice_comes_and_goes_with_the_network(page: "Page") -> None:
    page.context.set_offline(True)
    page.locator("#offline").wait_for(state="visible")
    page.context.set_offline(False)
    page.locator("#offline").wait_for(state="hidden")


def test_a_notice_of_a_missing_network_goes_when_there_is_one_again(page: "Page") -> None:
    page.route("**/send/", lambda route: route.abort("internetdisconnected"))
    notice = page.locator("#toasts .notice")
    for back in ("dispatchEvent(new Event('online'))", "document.getElementById('worked').click()"):
        page.click("#worked")
        notice.get_by_text("Could not reach the platform").wait_for()
        if "click" in back:
            page.unroute("**/send/")
        page.evaluate(back)
        notice.get_by_text("Could not reach the platform").wait_for(state="detached")


def test_times_are_kept_fresh_and_a_hold_counts_down(page: "Page") -> None:
    page.clock.install()
    page.reload()
    assert page.locator("time[data-when]").inner_text() == "3 minutes ago"
    before = page.locator("#hold").inner_text()
    page.clock.run_for(1200)
    assert before.startswith("14:")
    assert page.locator("#hold").inner_text() < before


def test_a_chart_is_drawn_and_its_figures_can_be_read(page: "Page") -> None:
    page.locator("[data-chart] canvas").wait_for()
    page.get_by_text("The figures").click()
    assert page.get_by_role("rowheader", name="10").is_visible()


def test_a_chart_that_cannot_load_leaves_its_figures_open(browser: "Browser", page: "Page") -> None:
    page.context.route("**/vendor/echarts/**", lambda route: route.abort())
    page.reload()
    page.get_by_text("The chart could not be loaded").wait_for()
    assert page.get_by_role("rowheader", name="10").is_visible()


# a stream comes back after a second or so: here time runs a hundred times as fast
STREAM = """async () => {
  const made = []; const said = []; const later = window.setTimeout;
  window.setTimeout = (go, wait) => later(go, wait / 100);
  class Fake {
    constructor(url) { this.url = String(url); this.readyState = 1; this.heard = {}; made.push(this); }
    addEventListener(name, hear) { this.heard[name] = hear; }
    close() { this.readyState = 2; }
  }
  Fake.CLOSED = 2; Fake.OPEN = 1; window.EventSource = Fake;
  const { listen } = await import("/static/fieldcast/js/sse.js");
  const hear = (data) => said.push(data);
  const stream = listen("/live/7/events", { frame: hear }, { onState: hear });
  made[0].onopen(); made[0].heard.frame({ data: '{"likes": 3}', lastEventId: "41" });
  AFTER
  stream.close();
  return [made.map((one) => one.url.replace(location.origin, "")), said];
}"""


def test_a_refused_stream_comes_back_where_it_stopped(page: "Page") -> None:
    after = "made[0].readyState = 2; made[0].onerror(); await new Promise((go) => setTimeout(go, 17000));"
    after += "made[1].onopen();"
    addresses, said = page.evaluate(STREAM.replace("AFTER", after))
    assert addresses == ["/live/7/events", "/live/7/events?last_event_id=41"]
    assert said == ["open", {"likes": 3}, "waiting", "open"]


def test_a_dropped_stream_is_left_to_the_browser(page: "Page") -> None:
    after = "made[0].readyState = 0; made[0].onerror(); await new Promise((go) => setTimeout(go, 17000));"
    addresses, said = page.evaluate(STREAM.replace("AFTER", after))
    assert addresses == ["/live/7/events"]
    assert said == ["open", {"likes": 3}, "waiting"]


VOICES = """(() => {
  window.spoken = [];
  window.quiet = 0;
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const voice = (lang) => ({ lang, localService: true });
  const speechSynthesis = {
    getVoices: () => (window.name || "zh-CN").split(" ").map(voice), addEventListener() {},
    speak: (one) => window.spoken.push(one), cancel: () => { window.quiet += 1; },
  };
  Object.defineProperty(window, "speechSynthesis", { value: speechSynthesis });
})()"""


def test_a_text_is_read_in_its_language_and_the_button_is_there_only_with_a_voice(page: "Page") -> None:
    page.add_init_script(VOICES)
    page.reload()
    page.wait_for_function("document.querySelector('#loud').ariaPressed === 'false'")
    assert page.locator("#loud").is_hidden(), "no voice speaks the language of the page"
    page.evaluate("window.name = 'zh-CN en-US'")  # it outlives a reload
    page.reload()
    page.click("#loud")
    said = page.evaluate("spoken.map((one) => [one.text, one.lang, one.voice.lang])")
    assert said == [["On Friday you get", "en", "en-US"], ["¥12.00: 3 boxes", "en", "en-US"]]
    assert page.get_attribute("#loud", "aria-pressed") == "true"
    page.evaluate("spoken.at(-1).onend()")
    assert page.get_attribute("#loud", "aria-pressed") == "false"
    page.click("#loud")
    page.click("#loud")
    assert page.get_attribute("#loud", "aria-pressed") == "false", "pressed again, it is quiet"
