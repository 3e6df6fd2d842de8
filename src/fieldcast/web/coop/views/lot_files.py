"""Photos and papers of a lot: handed in, looked at, withdrawn, by everyone who works for its cooperative."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fieldcast.catalog.loaders import load_lot_file_content, load_lot_to_keep_files
from fieldcast.catalog.operations import draw_lot_file, hand_in, withdraw_file
from fieldcast.catalog.types import LotView
from fieldcast.kit.errors import Problem
from fieldcast.web.coop.forms.lot_files import LotFileForm
from fieldcast.web.coop.views.lots import files_context, lot_page
from fieldcast.web.shared import once
from fieldcast.web.shared.asking import by_script
from fieldcast.web.shared.pictures import OURS, picture_response
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.steps import take
from fieldcast.web.shared.workplace import person_of, workplace_of


@login_required
@require_POST
def add(request: HttpRequest, lot_id: int) -> HttpResponse:
    """Take in a photo or paper; one that is refused says why beside its field."""
    by, now = person_of(request), timezone.now()
    lot = load_lot_to_keep_files(by=by, lot_id=lot_id)
    form = LotFileForm(request.POST, request.FILES)
    if form.is_valid():
        chosen = form.cleaned_data
        what: dict[str, Any] = {"by": by, "kind": chosen["kind"], "public": chosen["public"]}
        sent = chosen["file"]
        try:
            drawn = draw_lot_file(lot_id=lot.id, size=sent.size, stream=sent, **what)
            sent.seek(0)  # the claim reads it again: the same form is the same only with the same picture
            with transaction.atomic():
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    hand_in(lot_id=lot.id, name=sent.name, drawn=drawn, now=now, **what)
                    claim.leads_to(_back(lot))
            return _kept(request, lot)
        except Problem as problem:
            beside(form, problem, form.refusals)
    if by_script(request):
        return _fragment(request, lot, files_context(lot, form, key=once.key_of(request)), status=422)
    return lot_page(request, workplace_of(request, lot.cooperative_id), lot, hand_in=form)


@login_required
@require_GET
def show(request: HttpRequest, lot_id: int, lot_file_id: int) -> HttpResponse:
    """One of them, whole, or small where `small` is asked for. Who reads a paper whole is written down."""
    content = load_lot_file_content(
        by=person_of(request),
        lot_id=lot_id,
        lot_file_id=lot_file_id,
        thumbnail="small" in request.GET,
        now=timezone.now(),
    )
    return picture_response(request, content, cache=OURS)


@login_required
@require_POST
def withdraw(request: HttpRequest, lot_id: int, lot_file_id: int) -> HttpResponse:
    """Take one back: buyers do not see it any more."""
    by, now = person_of(request), timezone.now()
    lot = load_lot_to_keep_files(by=by, lot_id=lot_id)
    return take(
        request,
        lambda: withdraw_file(by=by, lot_id=lot.id, lot_file_id=lot_file_id, now=now),
        back=_back(lot),
        said=_("It is withdrawn."),
    )


def _back(lot: LotView) -> str:
    return f"{reverse('coop_lot', args=[lot.id])}#files"


def _kept(request: HttpRequest, lot: LotView) -> HttpResponse:
    said = _("It is with the lot now.")
    if not by_script(request):
        messages.success(request, said)
        return redirect(_back(lot))
    response = _fragment(request, lot, files_context(lot), status=200)
    response["HX-Trigger"] = json.dumps({"toast": {"text": said, "tone": "success"}})
    return response


def _fragment(request: HttpRequest, lot: LotView, shown: dict[str, Any], *, status: int) -> HttpResponse:
    context = {"place": workplace_of(request, lot.cooperative_id), "lot": lot, **shown}
    return render(request, "coop/lots/_files.html", context, status=status)
