"""What a session offers: choosing a lot, making packs of it, changing their price and number, taking them off sale."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Problem
from fieldcast.live import queries as live
from fieldcast.live.loaders import load_session_to_run
from fieldcast.live.types import SessionState, SessionView
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.loaders import load_offer_to_run
from fieldcast.trade.problems import SessionOver
from fieldcast.trade.types import OfferState
from fieldcast.web.sessions.forms import OfferChange, OfferForm, PacksForm, PriceForm
from fieldcast.web.sessions.frame import Frame
from fieldcast.web.sessions.plan import steps_of
from fieldcast.web.sessions.sums import change, sum_of_new, sums_of_change
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.asking import by_script
from fieldcast.web.shared.lot_rows import LotRow, open_rows
from fieldcast.web.shared.steps import done, take
from fieldcast.web.shared.workplace import person_of


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, session_id: int, *, frame: Frame) -> HttpResponse:
    """Put a lot on the run sheet: first which one, then five figures beside what is free of it."""
    session = load_session_to_run(by=person_of(request), session_id=session_id)
    place = frame.place_of(request, session)
    if session.state not in (SessionState.PLANNED, SessionState.LIVE):
        raise SessionOver
    version = agreements.version(version_id=session.agreement_version_id)
    rows = open_rows(county_id=session.county_id, cooperative_id=session.cooperative_id)
    lot_id = asking.whole(request.POST.get("lot") or request.GET.get("lot"))
    row = next((one for one in rows if one.lot.id == lot_id), None)
    around: dict[str, object] = {"frame": frame, "place": place, "session": session, "steps": steps_of(1)}
    if row is None:
        return _choose_lot(request, version, rows, around)
    form = OfferForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _offer(request, session, form, frame)
            return redirect(frame.session, session.id)
        except Problem as problem:
            form.refuse(problem)
    context = {
        **around,
        "row": row,
        "form": form,
        "floor_fen": _floor_fen(version.terms, row.lot.product.code, row.lot.grade),
        "once": once.key_of(request),
        "sum": sum_of_new(person_of(request), session, row, request.POST),
    }
    return render(request, "sessions/offer_new.html", context, status=422 if form.errors else 200)


def _floor_fen(terms: AgreedTerms, product_code: str, grade: str) -> int | None:
    """What the farmer is paid at least for a unit; None where nothing is agreed for the product."""
    if not terms.sells(product_code, grade):
        return None
    return terms.floor_fen(product_code=product_code, grade=grade)


def _choose_lot(
    request: HttpRequest, version: VersionView, rows: tuple[LotRow, ...], around: dict[str, object]
) -> HttpResponse:
    """The cooperative's lots that can be sold under the agreement, and why the others cannot."""
    if request.method == "POST" or "lot" in request.GET:
        messages.error(request, _("This lot cannot be offered now. Choose another one."))
    terms = version.terms
    context = {
        **around,
        "rows": [row for row in rows if row.sellable and terms.sells(row.lot.product.code, row.lot.grade)],
        "others": [
            row for row in rows if not (row.sellable and terms.sells(row.lot.product.code, row.lot.grade))
        ],
    }
    return render(request, "sessions/offer_lot.html", context)


def _offer(request: HttpRequest, session: SessionView, form: OfferForm, frame: Frame) -> None:
    now, cleaned = timezone.now(), form.cleaned_data
    claim = once.claim(request, now=now)
    if claim.led_to is not None:
        return
    trade_operations.offer(
        by=person_of(request),
        session_id=session.id,
        lot_id=form.row.lot.id,
        title=cleaned["title"],
        title_en=form.title_en,
        pack_units=cleaned["pack_units"],
        price_fen=cleaned["price"],
        packs=cleaned["units"],
        per_buyer_limit=cleaned["per_buyer_limit"],
        covers_shortfall=cleaned["covers_shortfall"],
        confirms_jump=cleaned["confirms_jump"],
        now=now,
    )
    claim.leads_to(frame.page_of(session.id))
    messages.success(request, _("“%(title)s” is on the run sheet.") % {"title": cleaned["title"]})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, offer_id: int, *, frame: Frame) -> HttpResponse:
    """A new price, or more or fewer packs, while it is on sale; a page of its own, or a sheet over the live view."""
    offer = load_offer_to_run(by=person_of(request), offer_id=offer_id)
    place = frame.place_of(request, live.session_brief(session_id=offer.session_id))
    what = request.POST.get("what", "") if request.method == "POST" else ""
    price = PriceForm(request.POST if what == "price" else None, offer=offer)
    packs = PacksForm(request.POST if what == "units" else None, offer=offer)
    forms: dict[str, OfferChange] = {"price": price, "units": packs}
    form = forms.get(what)
    if form is not None and form.is_valid():
        try:
            with transaction.atomic():
                change(person_of(request), offer, what, form, now=timezone.now())
            if by_script(request):
                return done(said=_("Saved."), events={"sheet:close": "offer"})
            messages.success(request, _("Saved."))
            return redirect(frame.session, offer.session_id)
        except Problem as problem:
            form.refuse(problem)
    context = {
        "frame": frame,
        "place": place,
        "offer": offer,
        "open": offer.state == OfferState.OPEN,
        "session": live.session(session_id=offer.session_id),
        "stock": trade.stock(lot_id=offer.lot_id),
        "price": price,
        "packs": packs,
        **sums_of_change(person_of(request), offer, what, request.POST),
    }
    template = "sessions/_offer_edit.html" if by_script(request) else "sessions/offer.html"
    return render(request, template, context, status=422 if form and form.errors else 200)


@login_required
@require_POST
def close(request: HttpRequest, offer_id: int, *, frame: Frame) -> HttpResponse:
    """Take an offer off sale; its unsold units are free again."""
    by = person_of(request)
    offer = load_offer_to_run(by=by, offer_id=offer_id)
    frame.place_of(request, live.session_brief(session_id=offer.session_id))
    return take(
        request,
        lambda: trade_operations.close_offer(by=by, offer_id=offer.id, now=timezone.now()),
        back=frame.page_of(offer.session_id),
        said=_("“%(title)s” is off sale.") % {"title": offer.title},
    )


@login_required
@require_GET
def new_sum(request: HttpRequest, session_id: int) -> HttpResponse:
    """What a pack must carry, for the figures typed so far; for whoever may offer it, from any face."""
    session = load_session_to_run(by=person_of(request), session_id=session_id)
    rows = open_rows(county_id=session.county_id, cooperative_id=session.cooperative_id)
    row = next((one for one in rows if one.lot.id == asking.whole(request.GET.get("lot"))), None)
    found = sum_of_new(person_of(request), session, row, request.GET) if row else None
    return render(request, "components/deductions.html", {"sum": found})


@login_required
@require_GET
def change_sum(request: HttpRequest, offer_id: int) -> HttpResponse:
    """What a pack must carry at another price, or with more of them."""
    offer = load_offer_to_run(by=person_of(request), offer_id=offer_id)
    what = "units" if request.GET.get("what") == "units" else "price"
    found = sums_of_change(person_of(request), offer, what, request.GET)
    return render(request, "components/deductions.html", {"sum": found[f"{what}_sum"]})
