"""What can be done with a lot: write down an event, take out what was lost, stop its sale and resume it."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldcast.catalog.loaders import load_lot, load_lot_to_manage, load_lot_to_stop
from fieldcast.catalog.types import LotView
from fieldcast.kit.errors import Problem
from fieldcast.kit.once import KEPT_FOR_PHONES
from fieldcast.trace.facts.graded import Graded
from fieldcast.trace.operations import record
from fieldcast.trade.operations import sort_out, write_off
from fieldcast.web.coop.forms.lots import EVENT_FORMS, EventForm, WriteOffForm
from fieldcast.web.coop.views.lots import lot_page
from fieldcast.web.shared import once
from fieldcast.web.shared.held_back import give_back_all, held_card
from fieldcast.web.shared.offline import kept, require_writer
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.stopping import change_sale
from fieldcast.web.shared.words import local_name, quantity
from fieldcast.web.shared.workplace import person_of, workplace_of


@login_required
@require_http_methods(["GET", "POST"])
def new_event(request: HttpRequest, lot_id: int, kind: str) -> HttpResponse:
    """Write down what happened to a lot. It cannot be taken back, only corrected."""
    require_writer(request)
    lot = load_lot_to_manage(by=person_of(request), lot_id=lot_id)
    if kind not in EVENT_FORMS:
        raise Http404
    now = timezone.now()
    form = EVENT_FORMS[kind](request.POST if request.method == "POST" else None, lot=lot, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now, kept=KEPT_FOR_PHONES)
                if claim.led_to is None:
                    _write_down(request, lot, form, now=now)
                    claim.leads_to(reverse("coop_lot", args=[lot.id]))
            return redirect("coop_lot", lot.id)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {
        "place": workplace_of(request, lot.cooperative_id),
        "lot": lot,
        "form": form,
        "once": once.key_of(request),
    }
    page = render(request, "coop/lots/event.html", context, status=422 if form.errors else 200)
    title = f"{form.title} · {local_name(lot.product)} · {lot.code}"
    return kept(request, page, title=title)


def _write_down(request: HttpRequest, lot: LotView, form: EventForm, *, now: datetime) -> None:
    """What was sorted out leaves the stock in the same step; everything else is written down alone."""
    by, at, fact = person_of(request), form.cleaned_data["at"], form.fact
    if not isinstance(fact, Graded):
        record(lot_id=lot.id, fact=fact, at=at, by=by, now=now)
        messages.success(request, _("It is written down in the lot's history."))
        return
    part = sort_out(by=by, lot_id=lot.id, fact=fact, at=at, now=now).part
    amount = quantity(fact.sorted_out, lot.product.unit.value)
    if part is not None:
        words = _("It is written down; %(amount)s are lot %(code)s now.") % {
            "amount": amount,
            "code": part.code,
        }
    elif fact.sorted_out:
        words = _("It is written down, and %(amount)s are written off.") % {"amount": amount}
    else:
        words = _("It is written down in the lot's history.")
    messages.success(request, words)


@login_required
@require_POST
def lose(request: HttpRequest, lot_id: int) -> HttpResponse:
    """Write off units, for good."""
    by, now = person_of(request), timezone.now()
    lot = load_lot_to_manage(by=by, lot_id=lot_id)
    form = WriteOffForm(request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    units, reason = form.cleaned_data["units"], form.cleaned_data["reason"]
                    write_off(by=by, lot_id=lot.id, units=units, reason=reason, now=now)
                    claim.leads_to(reverse("coop_lot", args=[lot.id]))
                    amount = quantity(units, lot.product.unit.value)
                    messages.success(request, _("%(amount)s are written off.") % {"amount": amount})
            return redirect("coop_lot", lot.id)
        except Problem as problem:
            beside(form, problem, form.refusals)
    return lot_page(request, workplace_of(request, lot.cooperative_id), lot, form)


@login_required
@require_POST
def set_state(request: HttpRequest, lot_id: int) -> HttpResponse:
    """Stop the sale of a lot, or allow it again."""
    place = workplace_of(request, load_lot(lot_id=lot_id).cooperative_id)
    lot = load_lot_to_stop(by=person_of(request), lot_id=lot_id)
    form = change_sale(request, lot=lot, by=person_of(request))
    return lot_page(request, place, lot, sale=form) if form else redirect("coop_lot", lot.id)


@login_required
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, lot_id: int) -> HttpResponse:
    """Give back every order of a stopped lot that was not sent; asked again, how far that is."""
    by = person_of(request)
    lot = load_lot_to_manage(by=by, lot_id=lot_id)
    place = workplace_of(request, lot.cooperative_id)
    if request.method == "POST":
        page = reverse("coop_lot", args=[lot.id])
        form = give_back_all(request, lot=lot, by=by, page=page)
        return lot_page(request, place, lot, back=form) if form else redirect(page)
    card = held_card(request, lot, url=request.path, failed=False)
    context = {"lot": lot, "place": place, "may_give_back": place.manages, **card}
    return render(request, "components/held_back.html", context)
