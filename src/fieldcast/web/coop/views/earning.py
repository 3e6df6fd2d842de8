"""What each party would earn under a version, whether its penalties deter, and its summary to sign by."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.chain import queries as chains
from fieldcast.agreements.loaders import load_version
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import ProductView
from fieldcast.kit.money import BASIS
from fieldcast.trade import queries as trade
from fieldcast.web.coop import earning
from fieldcast.web.coop.earning import Month
from fieldcast.web.coop.forms.earning import USUAL_PACKS, MonthForm
from fieldcast.web.coop.worked_out import sold_products
from fieldcast.web.shared import chain
from fieldcast.web.shared.changed import terms_shown, version_before
from fieldcast.web.shared.clauses import parties_of
from fieldcast.web.shared.table import Cell, Column, Table
from fieldcast.web.shared.words import yuan
from fieldcast.web.shared.workplace import person_of


@require_GET
@login_required
def what_if(request: HttpRequest, version_id: int) -> HttpResponse:
    """What everyone would have of a usual month; for the agreement's parties and the authority."""
    version = load_version(by=person_of(request), version_id=version_id)
    before = version_before(version)
    sold = sold_products(version.terms, catalog.products(county_id=version.county_id))
    if not sold:
        return render(request, "coop/agreements/what_if.html", {"version": version})
    typical = _typical(version, sold) | _said(version)
    asked = request.GET if "price" in request.GET else None
    penalties = bool(version.terms.penalties)
    form = MonthForm(asked, products=sold.values(), initial=typical, penalties=penalties)
    context: dict[str, Any] = {"version": version, "before": before, "form": form}
    if asked is None or form.is_valid():
        usual = {name: field.initial for name, field in form.fields.items()} | typical
        context |= _worked(version, before, form.cleaned_data if asked is not None else usual)
    return render(request, "coop/agreements/what_if.html", context)


def _worked(version: VersionView, before: VersionView | None, said: Mapping[str, Any]) -> dict[str, Any]:
    terms, earlier = version.terms, before.terms if before else None
    month = Month(said["product"], said["packs"], said["pack"], said["price"])
    found = earning.cases(terms, month, earlier)
    every = earning.combinations(terms, month)
    option, rows = earning.chart(found)
    verdicts = (
        earning.verdicts(terms, gain_fen=said["gain"], detection_bp=said["found"], collection_bp=said["paid"])
        if terms.penalties
        else []
    )
    return {
        "worst": earning.worst(terms, month, earlier),
        "planned": found[0],
        "cases": found,
        "chart": option,
        "chart_rows": rows,
        "every": _table(every),
        "verdicts": verdicts,
        "days": earning.days(version, now=timezone.now()),
        **_ways(version, month, found[0]),
    }


def _ways(version: VersionView, month: Month, planned: earning.Case) -> dict[str, Any]:
    """Whose how much of a consumer's yuan is: here, and in the product's long chain, where the county knows it."""
    known = chains.chain_of(county_id=version.county_id, product_code=month.product_code)
    names = {role: earning.role_name(role) for role in earning.roles_of([planned.cell])}
    ways = [(_("Under this agreement"), chain.parts_here(planned.cell.totals, names))]
    if known is not None:
        ways.append((_("The long chain"), chain.parts_of_chain(known)))
    option, rows = chain.bars(ways)
    return {"ways": option, "ways_rows": rows, "long_chain": known}


def _table(every: Sequence[Any]) -> Table:
    roles = earning.roles_of(every)
    columns = (Column(_("If")), *(Column(earning.role_name(role), number=True) for role in roles))
    rows = (
        (Cell(earning.said(cell)), *(Cell(yuan(cell.totals.get(role, 0))) for role in roles))
        for cell in every
    )
    return Table(columns, tuple(rows))


@require_GET
@login_required
def summary(request: HttpRequest, version_id: int) -> HttpResponse:
    """A version on one sheet in large letters, with what is new in it; to be read aloud before it is signed."""
    version = load_version(by=person_of(request), version_id=version_id)
    context = {
        **terms_shown(version),
        "parties": parties_of(version, agreements.consents_of(version_id=version.id)),
    }
    return render(request, "coop/agreements/summary.html", context)


def _said(version: VersionView) -> dict[str, Any]:
    """What the first penalty that says so says of its breach: what it brings, how many are found."""
    term = next((one for one in version.terms.penalties if one.gain_fen is not None), None)
    if term is None:
        return {}
    return {"gain": term.gain_fen, "found": BASIS if term.detection_bp is None else term.detection_bp}


def _typical(version: VersionView, sold: Mapping[str, ProductView]) -> dict[str, Any]:
    pack = trade.typical_pack(
        county_id=version.county_id,
        cooperative_id=version.cooperative_id,
        host_id=version.host_id,
        terms=version.terms,
        product_codes=tuple(sold),
    )
    return {
        "product": pack.product_code,
        "packs": USUAL_PACKS,
        "pack": pack.pack_units,
        "price": pack.price_fen,
    }
