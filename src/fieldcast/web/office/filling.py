"""A form of the office: filled in, looked over beside what it does, taken once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fieldcast.kit.errors import Problem, Sentence
from fieldcast.web.shared import once
from fieldcast.web.shared.refusals import beside

INVALID = 422  # a form that must be looked at again


@dataclass(frozen=True)
class Sheet:
    """What a form's page says: its heading, what will happen, the button; what is said when it is done, and the way
    back. `grave`: not to be pressed lightly.
    """

    title: Sentence
    lead: Sentence
    yes: Sentence
    done: Sentence
    back: str
    grave: bool = False


def sent(request: HttpRequest) -> Any:
    """What the form is filled with."""
    return request.POST if request.method == "POST" else None


def fill_in(
    request: HttpRequest, form: Any, sheet: Sheet, do: Callable[[datetime], str | None]
) -> HttpResponse:
    """Show the form, or do what it says: `do` is given the time, and says where to go if not back.

    What the house refuses is said beside the field it is about.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_once(request, sheet, do))
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {"form": form, "sheet": sheet, "once": once.key_of(request)}
    return render(request, "office/form.html", context, status=INVALID if form.errors else 200)


def _once(request: HttpRequest, sheet: Sheet, do: Callable[[datetime], str | None]) -> str:
    with transaction.atomic():
        now = timezone.now()
        claim = once.claim(request, now=now)
        if claim.led_to is not None:
            return claim.led_to
        leads_to = do(now) or sheet.back
        messages.success(request, str(sheet.done))
        return claim.leads_to(leads_to)
