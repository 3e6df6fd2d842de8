"""An expected failure reaches its reader as a page, or as a notice that leaves the page as it was."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import NotFound, Problem
from fieldcast.web.middleware import TranslateProblems

pytestmark = pytest.mark.django_db


class NoneLeft(Problem):
    """A refusal made up for these tests."""

    code = "none_left"
    status = 409
    sentence = _("“%(title)s” <b>is</b> sold out.")
    next_step = _("Look at the others.")


def refuse(request: HttpRequest) -> HttpResponse:
    """A view that refuses."""
    raise NoneLeft(title="<i>peaches</i>")


def hide(request: HttpRequest) -> HttpResponse:
    """A view of something that is not there."""
    raise NotFound("lot")


urlpatterns = [
    path("refuse/", refuse),
    path("hide/", hide),
    path("api/v1/refuse/", refuse),
    path("", include("fieldcast.config.urls")),
]


@pytest.fixture
def reader() -> Iterator[Client]:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(headers={"accept-language": "zh-hans"}, raise_request_exception=False)


def test_a_refusal_is_a_page_with_its_status_sentence_and_next_step(reader: Client) -> None:
    response = reader.get("/refuse/")
    text = response.content.decode()
    assert response.status_code == 409
    assert "Look at the others." in text
    assert "none_left" in text
    assert '<html lang="zh-Hans">' in text


def test_what_people_wrote_is_never_markup(reader: Client) -> None:
    text = reader.get("/refuse/").content.decode()
    assert "<i>peaches</i>" not in text
    assert "&lt;i&gt;peaches&lt;/i&gt;" in text


def test_a_refusal_htmx_asked_for_is_a_notice_and_the_page_stays(reader: Client) -> None:
    response = reader.post("/refuse/", headers={"HX-Request": "true"})
    text = response.content.decode()
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#toasts"
    assert response["HX-Reswap"] == "beforeend"
    assert 'role="alert"' in text
    assert "<html" not in text


def test_a_boosted_link_gets_the_whole_page(reader: Client) -> None:
    response = reader.get("/refuse/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<html" in response.content.decode()


def test_what_is_not_there_is_404_and_offers_to_sign_in(reader: Client) -> None:
    response = reader.get("/hide/")
    assert response.status_code == 404
    assert "/accounts/login/?next=/hide/" in response.content.decode()


def test_a_refusal_is_never_kept_by_a_cache(reader: Client) -> None:
    response = reader.get("/refuse/")
    assert response["Cache-Control"] == "no-store"
    assert "HX-Request" in response["Vary"]


def test_the_api_answers_for_itself(reader: Client) -> None:
    assert reader.get("/api/v1/refuse/").status_code == 500  # a plain view under /api/ gets no page of ours


def test_an_unexpected_failure_is_left_to_django() -> None:
    middleware = TranslateProblems(lambda request: HttpResponse())
    assert middleware.process_exception(HttpRequest(), ValueError("unexpected")) is None


def test_under_asgi_the_request_passes_without_a_thread() -> None:
    async def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse("yes")

    middleware: Any = TranslateProblems(answer)
    assert iscoroutinefunction(middleware)
    assert asyncio.run(middleware(HttpRequest())).content == b"yes"
