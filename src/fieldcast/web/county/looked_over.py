"""What is written down for good in the county's name: typed, looked over once more, taken once.

What would be refused is said before anybody is asked whether to do it: it is done and undone.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fieldcast.kit.errors import Problem
from fieldcast.web.county.forms import LookedOver
from fieldcast.web.shared import once
from fieldcast.web.shared.refusals import beside

AGREED: Final = "agreed"
CHANGE: Final = "change"  # the two answers to the question before something is written down
Take = Callable[[datetime], str]  # does it, and says what was done


def data_of(request: HttpRequest) -> Any:
    """What was typed; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def looked_over(request: HttpRequest, form: LookedOver, words: Mapping[str, str], take: Take) -> HttpResponse:
    """The page of such a form. `words`: its title, lead, ask, more, yes and the address `back`, where it leads."""
    context = {"form": form, "words": words, "once": once.key_of(request)}
    if request.method == "POST" and CHANGE not in request.POST and form.is_valid():
        try:
            if AGREED in request.POST:
                _take_once(request, take, words["back"])
                return redirect(words["back"])
            with transaction.atomic():
                take(timezone.now())
                transaction.set_rollback(True)
            return render(request, "county/cover_confirm.html", context)
        except Problem as problem:
            beside(form, problem, form.refusals)
    status = 422 if CHANGE not in request.POST and form.errors else 200
    return render(request, "county/cover_form.html", context, status=status)


def _take_once(request: HttpRequest, take: Take, back: str) -> None:
    with transaction.atomic():
        now = timezone.now()
        claim = once.claim(request, now=now)
        if claim.led_to is None:
            messages.success(request, take(now))
            claim.leads_to(back)
