"""The pages that belong to no domain: signing in, errors, the gallery. In both languages, within the content policy."""

import gzip
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from fieldcast.kit.pages import Page
from fieldcast.trade.types import Carried
from fieldcast.web.shared import carried, join_requests, refund_requests

pytestmark = pytest.mark.django_db
JS = Path(__file__).parents[3] / "src/fieldcast/web/static/fieldcast/js"
A_HUNDRED_KB = 100_000


@pytest.fixture(params=["zh-hans", "en"])
def reader(request: pytest.FixtureRequest) -> Client:
    return Client(headers={"accept-language": request.param})


@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/signup/", "/me/forgotten/"])
def test_an_entrance_opens_with_labelled_fields(reader: Client, address: str) -> None:
    response = reader.get(address)
    text = response.content.decode()
    assert response.status_code == 200
    for box in re.findall(r'<input(?![^>]*type="(?:hidden|checkbox)")[^>]*id="([^"]+)"', text):
        assert f'for="{box}"' in text
    assert 'style="' not in text


def test_signing_in_asks_for_a_number_and_says_what_is_wrong_with_it() -> None:
    text = (
        Client(headers={"accept-language": "zh-hans"})
        .post("/accounts/login/", {"login": "12", "password": ""})
        .content.decode()
    )
    assert "这一项要填。" in text
    assert 'aria-invalid="true"' in text
    assert 'class="field-error"' in text


def test_an_unknown_address_says_what_to_do_next(reader: Client) -> None:
    response = reader.get("/no-such-page/")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_a_form_from_elsewhere_is_refused_in_words() -> None:
    guarded = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-hans"})
    response = guarded.post("/accounts/login/", {})
    assert response.status_code == 403
    assert "这一页开得太久了" in response.content.decode()


def test_the_page_for_our_own_failure_needs_no_request_and_no_database(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(0), translation.override("zh-hans"):
        assert "我们这边出了问题" in render_to_string("500.html")


def test_a_page_offers_the_other_language_and_comes_back() -> None:
    reader = Client(headers={"accept-language": "zh-hans"})
    text = reader.get("/accounts/login/").content.decode()
    assert 'action="/i18n/setlang/"' in text
    assert 'name="next" value="/accounts/login/"' in text
    reader.post("/i18n/setlang/", {"language": "en", "next": "/accounts/login/"})
    assert '<html lang="en">' in reader.get("/accounts/login/").content.decode()


def test_the_content_policy_allows_no_inline_script(reader: Client) -> None:
    policy = reader.get("/accounts/login/")["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_what_htmx_puts_in_sets_no_style_that_the_policy_forbids(reader: Client) -> None:
    page = reader.get("/accounts/login/").content.decode()
    (settings,) = re.findall(r"<meta name=\"htmx-config\" content='([^']*)'", page)
    assert json.loads(settings)["attributesToSettle"] == ["class", "width", "height"]


def test_the_scripts_of_a_first_page_weigh_less_than_a_hundred_kilobytes() -> None:
    loaded, waiting = set(), {"app.js"}
    while waiting:
        name = waiting.pop()
        loaded.add(name)
        waiting |= (
            set(re.findall(r'^import [^(]*"\./([\w.]+)"', (JS / name).read_text(), flags=re.M)) - loaded
        )
    ours = sum(len(gzip.compress((JS / name).read_bytes())) for name in loaded)
    htmx = finders.find("vendor/htmx/htmx.min.js")
    if htmx is None:
        pytest.skip("the pages' scripts are not installed")
    assert "charts.js" not in loaded
    assert ours + len(gzip.compress(Path(str(htmx)).read_bytes())) < A_HUNDRED_KB


class Wrong(forms.Form):
    """A form with one field of every arrangement, filled in wrongly."""

    title = forms.CharField()
    price = forms.DecimalField()
    when = forms.DateField()
    grade = forms.ChoiceField(choices=[("a", "A")])
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    ok = forms.BooleanField()
    note = forms.CharField(required=False, widget=forms.Textarea)
    file = forms.FileField(required=False, help_text="CSV")


def _gallery(request: HttpRequest) -> str:
    now = timezone.now()
    request.session = {}  # type: ignore[assignment]  # messages need somewhere to lie; nothing is kept
    context = {
        "past": now - timedelta(minutes=3), "soon": now, "tomorrow": now + timedelta(days=1), "later": now, "old": now,
        "until": now + timedelta(minutes=14), "states": ["live", "paid"], "products": [("peach", 3980, 86, 500)],
        "orders": [("D261122-7KQ4MX2P", "peach", "paid", 7960)], "page": Page((), 100, 2, 10),
        "steps": [{"title": "paid", "state": "done"}, {"title": "packed", "state": "now"}],
        "lines": [{"title": "guarantee", "why": "70 × ¥19.00", "fen": 133000}, {"title": "cold", "fen": -100}],
        "parts": [("farmer", 1834), ("host", 590)], "vals": [2.1, None, 3.0],
        "events": [{"title": "picked", "when": now, "tone": "wheat"}],
        "chart": {"series": [{"type": "line", "data": [1, 2]}]}, "rows": [["month", "value"], ["9", "1"]],
        "form": Wrong({"title": "peaches", "price": "many", "kind": "a"}),
    }  # fmt: skip
    return render(request, "components/gallery.html", context).content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_component_can_be_drawn(rf: RequestFactory, language: str) -> None:
    with translation.override(language):
        text = _gallery(rf.get("/"))
    assert "{%" not in text
    assert "{{" not in text
    assert " style=" not in text
    assert text.count("<h1") == 1
    assert "¥1,283.80" in text


def test_an_error_stands_beside_its_field_and_is_named_by_it(rf: RequestFactory) -> None:
    with translation.override("zh-hans"):
        text = _gallery(rf.get("/"))
    box = re.search(r'<input[^>]*name="price"[^>]*>', text)
    assert box is not None
    assert 'aria-invalid="true"' in box[0]
    assert 'aria-describedby="id_price_error"' in box[0]
    assert '<ul class="field-error" id="id_price_error"><li>请填数字。</li></ul>' in re.sub(
        r">\s+<", "><", text
    )


def test_amber_and_red_are_for_what_is_wrong() -> None:
    """Of all steps of parcels and requests: that somebody asks, objects or tries again is how such things go."""
    tones = [*carried.TONES.items(), *refund_requests.TONES.items(), *join_requests.TONES.items()]
    assert [step for step, tone in tones if tone in ("wheat", "persimmon")] == [Carried.UNDELIVERED]
