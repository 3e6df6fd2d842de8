"""What a session sells, from the studio: put on the run sheet, another price or number, taken off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Problem
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session_to_run
from fieldcast.live.types import SessionState, SessionView
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_offer_to_run
from fieldcast.trade.operations.problems import SessionOver
from fieldcast.trade.types import OfferState
from fieldcast.web.sessions.forms import OfferForm, PriceForm, UnitsForm
from fieldcast.web.sessions.sums import change, sum_of_new, sums_of_change
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.lot_rows import LotRow, open_rows
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.steps import by_script, done, take
from fieldcast.web.shared.workplace import person_of
from fieldcast.web.studio.scenes import steps_of


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, session_id: int) -> HttpResponse:
    """Put a lot on the run sheet: first which one, then five figures beside what is free of it."""
    session = load_session_to_run(by=person_of(request), session_id=session_id)
    if session.state not in (SessionState.PLANNED, SessionState.LIVE):
        raise SessionOver
    version = agreements.version(version_id=session.agreement_version_id)
    rows = open_rows(county_id=session.county_id, cooperative_id=session.cooperative_id)
    lot_id = asking.whole(request.POST.get("lot") or request.GET.get("lot"))
    row = next((one for one in rows if one.lot.id == lot_id), None)
    if row is None:
        return _choose_lot(request, session, version, rows)
    form = OfferForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _offer(request, session, form)
            return redirect("studio_session", session.id)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {
        "session": session,
        "row": row,
        "form": form,
        "guarantee_fen": version.terms.guarantee_fen.get(row.lot.product.code),
        "once": once.key_of(request),
        "steps": steps_of(1),
        "sum": sum_of_new(person_of(request), session, row, request.POST),
    }
    return render(request, "studio/offer_new.html", context, status=422 if form.errors else 200)


def _choose_lot(
    request: HttpRequest, session: SessionView, version: VersionView, rows: tuple[LotRow, ...]
) -> HttpResponse:
    """The cooperative's lots that can be sold under the agreement, and why the others cannot."""
    if request.method == "POST" or "lot" in request.GET:
        messages.error(request, _("This lot cannot be offered now. Choose another one."))
    agreed = version.terms.guarantee_fen
    context = {
        "session": session,
        "rows": [row for row in rows if row.sellable and row.lot.product.code in agreed],
        "others": [row for row in rows if not row.sellable or row.lot.product.code not in agreed],
        "steps": steps_of(1),
    }
    return render(request, "studio/offer_lot.html", context)


def _offer(request: HttpRequest, session: SessionView, form: OfferForm) -> None:
    now, cleaned = timezone.now(), form.cleaned_data
    claim = once.claim(request, now=now)
    if claim.led_to is not None:
        return
    places = [one.position for one in trade.offers_of_session(session_id=session.id)]
    trade_operations.offer(
        by=person_of(request),
        session_id=session.id,
        lot_id=form.row.lot.id,
        title=cleaned["title"],
        title_en=form.title_en,
        pack_units=cleaned["pack_units"],
        price_fen=cleaned["price"],
        units=cleaned["units"],
        per_buyer_limit=cleaned["per_buyer_limit"],
        covers_shortfall=cleaned["covers_shortfall"],
        position=max(places, default=-1) + 1,
        now=now,
    )
    claim.leads_to(reverse("studio_session", args=[session.id]))
    messages.success(request, _("“%(title)s” is on the run sheet.") % {"title": cleaned["title"]})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, offer_id: int) -> HttpResponse:
    """A new price, or more or fewer boxes, while it is on sale; a page of its own, or a sheet over the live view."""
    offer = load_offer_to_run(by=person_of(request), offer_id=offer_id)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    price = PriceForm(request.POST if what == "price" else None, offer=offer)
    units = UnitsForm(request.POST if what == "units" else None, offer=offer)
    form = {"price": price, "units": units}.get(what)
    if form is not None and form.is_valid():
        try:
            with transaction.atomic():
                change(person_of(request), offer, what, form, now=timezone.now())
            if by_script(request):
                return done(said=_("Saved."), events={"sheet:close": "offer"})
            messages.success(request, _("Saved."))
            return redirect("studio_session", offer.session_id)
        except Problem as problem:
            beside(form, problem, {"offer_closed": what} | dict(form.refusals))
    context = {
        "offer": offer,
        "open": offer.state == OfferState.OPEN,
        "session": live.session(session_id=offer.session_id),
        "stock": trade.stock(lot_id=offer.lot_id),
        "price": price,
        "units": units,
        **sums_of_change(person_of(request), offer, what, request.POST),
    }
    template = "studio/_offer_edit.html" if by_script(request) else "studio/offer.html"
    return render(request, template, context, status=422 if form and form.errors else 200)


@login_required
@require_POST
def close(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Take an offer off sale; its unsold units are free again."""
    by = person_of(request)
    offer = load_offer_to_run(by=by, offer_id=offer_id)
    return take(
        request,
        lambda: trade_operations.close_offer(by=by, offer_id=offer.id, now=timezone.now()),
        back=reverse("studio_session", args=[offer.session_id]),
        said=_("“%(title)s” is off sale.") % {"title": offer.title},
    )
