"""Helping people who forgot their password: found by their whole number, one code made, shown once."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fieldcast.kit.errors import Problem
from fieldcast.recovery import operations as recovery_operations
from fieldcast.recovery import queries as recovery
from fieldcast.recovery.loaders import load_found
from fieldcast.recovery.types import FoundPerson, MadeCode
from fieldcast.web.centre.forms import CodeForm, FindForm
from fieldcast.web.centre.words import BARS, table_of
from fieldcast.web.shared import once
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.workplace import Workplace, at_centre

INVALID = 422


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("phone")
@at_centre
def people(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Find somebody by their whole number; and the codes that were made here."""
    form, now, nobody = FindForm(request.POST or None), timezone.now(), False
    if request.method == "POST" and form.is_valid():
        try:
            # in no transaction of ours: whom somebody looked for stays written down
            found = recovery_operations.look_up(by=place.by, centre_id=place.id, now=now, **form.cleaned_data)
        except Problem as problem:
            beside(form, problem, form.refusals)
        else:
            if found is not None:
                return redirect("centre_person", person_id=found.id)
            nobody = True
    context = {
        "place": place,
        "form": form,
        "nobody": nobody,
        "table": table_of(recovery.codes_of_centre(centre_id=place.id, now=now), now=now),
    }
    return render(request, "centre/people.html", context, status=INVALID if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@at_centre
def person(request: HttpRequest, place: Workplace, person_id: int) -> HttpResponse:
    """Whoever was just found: look at who they are, then make a code."""
    now = timezone.now()
    found = load_found(by=place.by, centre_id=place.id, person_id=person_id, now=now)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(request, place, found, form, now)
        except Problem as problem:
            beside(form, problem, form.refusals)
        else:
            return _shown(request, place, found, made)
    context = {
        "place": place,
        "found": found,
        "bar": BARS[found.bar] if found.bar else None,
        "form": form,
        "once": once.key_of(request),
    }
    return render(request, "centre/person.html", context, status=INVALID if form.errors else 200)


def _make(
    request: HttpRequest, place: Workplace, found: FoundPerson, form: CodeForm, now: datetime
) -> MadeCode | None:
    """The code; None where this very form has made one before, which is shown no second time."""
    with transaction.atomic():
        claim = once.claim(request, now=now)
        if claim.led_to is not None:
            return None
        made = recovery_operations.make_code(
            by=place.by,
            centre_id=place.id,
            person_id=found.id,
            looked_at=form.cleaned_data["looked_at"],
            witnesses=(form.cleaned_data["first"], form.cleaned_data["second"]),
            why=form.cleaned_data["why"],
            now=now,
        )
        claim.leads_to(request.path)
    return made


def _shown(request: HttpRequest, place: Workplace, found: FoundPerson, made: MadeCode | None) -> HttpResponse:
    if made is None:
        messages.info(
            request, _("That code was shown once. If it is lost, make another: the first then ends.")
        )
        return redirect("centre_person", person_id=found.id)
    half = len(made.code) // 2
    context = {
        "place": place,
        "found": found,
        "made": made,
        "halves": (made.code[:half], made.code[half:]),
    }
    return render(request, "centre/code.html", context)
