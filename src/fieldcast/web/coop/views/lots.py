"""Lots: the list, a new one, one lot with its units and history."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.loaders import load_lot
from fieldcast.catalog.types import Category, LotState, LotView
from fieldcast.kit.errors import Problem
from fieldcast.kit.ids import random_code
from fieldcast.trace import queries as trace
from fieldcast.trace.operations import register_harvest
from fieldcast.trace.verdict import verdict
from fieldcast.trade import queries as trade
from fieldcast.web.coop.forms.lot_files import KINDS, LotFileForm
from fieldcast.web.coop.forms.lots import EVENT_FORMS, LotForm, WriteOffForm
from fieldcast.web.coop.plots import PlotRoom
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.facts import TITLES, tell, value_words
from fieldcast.web.shared.held_back import GiveBackForm, held_card
from fieldcast.web.shared.lot_rows import lot_rows, page_of_rows
from fieldcast.web.shared.refusals import beside
from fieldcast.web.shared.stopping import ReasonForm
from fieldcast.web.shared.words import CATEGORIES
from fieldcast.web.shared.workplace import Workplace, at_cooperative, workplace_of

A_PAGE = 20


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Every lot of the cooperative with its units, searched and filtered."""
    page = catalog.lots(
        county_id=place.county_id,
        cooperative_id=place.id,
        category=asking.one_of(request, "category", Category),
        state=asking.one_of(request, "state", LotState),
        search=asking.words(request),
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    filtered = any(request.GET.get(name) for name in ("q", "category", "state"))
    context = {
        "place": place,
        "page": page_of_rows(page),
        "categories": [(one.value, label) for one, label in CATEGORIES.items()],
        "states": list(LotState),
        "filtered": filtered,
    }
    return render(request, "coop/lots/list.html", context)


@require_http_methods(["GET", "POST"])
@at_cooperative
def new(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Register a batch; too much for its plot is refused with the figures beside the field."""
    place.must_manage()
    now = timezone.now()
    form = _lot_form(request, place)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                claim = once.claim(request, now=now)
                if claim.led_to is None:
                    lot = register_harvest(
                        by=place.by,
                        plot_id=form.cleaned_data["plot"],
                        product_id=form.cleaned_data["product"],
                        cooperative_id=place.id,
                        grade=form.cleaned_data["grade"],
                        harvested_on=form.cleaned_data["harvested_on"],
                        quantity=form.cleaned_data["quantity"],
                        now=now,
                        today=timezone.localdate(now),
                    )
                    address = claim.leads_to(reverse("coop_lot", args=[lot.id]))
                    messages.success(request, _("Lot %(code)s is registered.") % {"code": lot.code})
                else:
                    address = claim.led_to
            return redirect(address)
        except Problem as problem:
            beside(form, problem, form.refusals)
    context = {
        "place": place,
        "form": form,
        "plots": len(form.plots),
        "once": once.key_of(request),
        "room": _room(form.data or form.initial, place),
    }
    return render(request, "coop/lots/new.html", context, status=422 if form.errors else 200)


@require_GET
@at_cooperative
def room(request: HttpRequest, place: Workplace) -> HttpResponse:
    """A fragment: what the chosen plot can still bear of the chosen product."""
    return render(request, "coop/lots/_room.html", {"room": _room(request.GET, place)})


@require_GET
@login_required
def detail(request: HttpRequest, lot_id: int) -> HttpResponse:
    """One lot: its units, where it is offered, what happened to it, and what can be done."""
    lot = load_lot(lot_id=lot_id)
    place = workplace_of(request, lot.cooperative_id)
    return lot_page(request, place, lot)


def lot_page(
    request: HttpRequest,
    place: Workplace,
    lot: LotView,
    form: WriteOffForm | None = None,
    sale: ReasonForm | None = None,
    hand_in: LotFileForm | None = None,
    back: GiveBackForm | None = None,
) -> HttpResponse:
    """The page of a lot, with a form as it was typed when there was something wrong with it."""
    history = trace.history(lot_id=lot.id)
    failed = verdict(history.events).failed
    url = reverse("coop_lot_give_back", args=[lot.id])
    context = {
        "place": place,
        "row": lot_rows([lot])[0],
        "offers": trade.offers_of_lot(lot_id=lot.id),
        "write_offs": [(one, value_words(one.reason)) for one in trade.write_offs(lot_id=lot.id)],
        "history": history,
        "events": tell(history, unit=lot.product.unit.value, now=timezone.now()),
        "failed": failed,
        "may_give_back": place.manages,
        "kinds": [(code, TITLES[one.kind.kind]) for code, one in EVENT_FORMS.items()],
        "form": form or WriteOffForm(),
        "sale": sale or ReasonForm(),
        **held_card(request, lot, url=url, failed=failed, form=back),
        # Each form has a key of its own: the one that was sent keeps it, the others get new ones.
        "once": random_code(once.LENGTH) if hand_in else once.key_of(request),
        **files_context(lot, hand_in, key=once.key_of(request) if hand_in else None),
    }
    wrong = any(one is not None and one.errors for one in (form, sale, hand_in, back))
    return render(request, "coop/lots/detail.html", context, status=422 if wrong else 200)


def files_context(lot: LotView, form: LotFileForm | None = None, *, key: str | None = None) -> dict[str, Any]:
    """A lot's photos and papers with what each is, those that were withdrawn apart; `key` is that of the form as sent.

    The form has a key of its own: it may be sent while the page's others wait.
    """
    found = [(one, KINDS[one.file.kind]) for one in catalog.files_of_lot(lot_id=lot.id)]
    return {
        "files": [pair for pair in found if pair[0].withdrawn_at is None],
        "withdrawn": [pair for pair in found if pair[0].withdrawn_at is not None],
        "hand_in": form or LotFileForm(),
        "files_key": key or random_code(once.LENGTH),
    }


def _lot_form(request: HttpRequest, place: Workplace) -> LotForm:
    data = request.POST if request.method == "POST" else None
    asked = {
        "plot": asking.whole(request.GET.get("plot")),
        "product": asking.whole(request.GET.get("product")),
    }
    return LotForm(
        data,
        plots=catalog.plots_of_cooperative(cooperative_id=place.id),
        products=catalog.products(county_id=place.county_id),
        today=timezone.localdate(),
        initial={name: value for name, value in asked.items() if value},
    )


def _room(typed: Any, place: Workplace) -> PlotRoom | None:
    """The room of what is typed so far; None until plot and product are chosen, and for plots of others."""
    plot_id, product_id = (asking.whole(str(typed.get(name) or "")) for name in ("plot", "product"))
    plots = {plot.id for plot in catalog.plots_of_cooperative(cooperative_id=place.id)}
    products = {product.id: product for product in catalog.products(county_id=place.county_id)}
    if plot_id not in plots or product_id not in products:
        return None
    day = typed.get("harvested_on")
    check = catalog.yield_check(
        plot_id=plot_id,
        product_id=product_id,
        harvested_on=day if isinstance(day, date) else _day(day),
        wanted=asking.whole(str(typed.get("quantity") or "")) or 0,
    )
    crops = catalog.crops_of_plots(plot_ids=[plot_id])[plot_id]
    return PlotRoom(
        plot_id=plot_id,
        check=check,
        unit=products[product_id].unit.value,
        declared=any(crop.product.id == product_id for crop in crops),
    )


def _day(text: Any) -> date:
    try:
        return parse_date(str(text)) or timezone.localdate()
    except ValueError:
        return timezone.localdate()
