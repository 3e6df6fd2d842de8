"""The scene that stands behind every door, for all who walk along them."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from pytest_django import DjangoDbBlocker

from fieldcast.api.v1 import api
from tests.factories.accounts import NOW
from tests.factories.bonds import terms_name
from tests.flows.doors.scene import Scene, make_scene


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Made once, at the factories' moment: whatever a knock changes is undone after it."""
    schema = api.get_openapi_schema()
    log = logging.getLogger("django.request")
    with (
        pytest.MonkeyPatch.context() as patch,
        terms_name(),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        patch.setattr(api, "get_openapi_schema", lambda **_asked: schema)  # drawn once: it takes long
        patch.setattr(
            log, "filters", [lambda record: record.levelno >= logging.ERROR]
        )  # a refused door (403, 404) is expected here
        patch.setattr(
            django_settings, "INBOX_WAYS", ("page", "sms")
        )  # so that a code may be asked for by phone
        patch.setattr("fieldcast.web.middleware.render", drawn_once(render))
        yield make_scene()
        transaction.set_rollback(True)


def drawn_once(draw: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Draw the page of a refusal once for each person, code and status: every third door is shut."""
    kept: dict[tuple[Any, ...], bytes] = {}

    def drawn(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
        key = (getattr(request, "user", None), template, context["code"], status)
        if key not in kept:
            kept[key] = draw(request, template, context, status=status).content
        return HttpResponse(kept[key], status=status)

    return drawn
