"""Agreements: those in force, one version in words and worked out, agreeing to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import allowed
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.agreements.bonds.loaders import load_letter_picture
from fieldcast.agreements.concerns import deterrence
from fieldcast.agreements.loaders import load_version
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import ProductView
from fieldcast.trade import queries as trade
from fieldcast.web.coop import standing
from fieldcast.web.coop.forms.agreements import ExampleForm
from fieldcast.web.coop.forms.signing import NoticeForm, SheetForm
from fieldcast.web.coop.worked_out import Example, example, sold_products
from fieldcast.web.shared.clauses import clauses
from fieldcast.web.shared.flow import flow_parts
from fieldcast.web.shared.pictures import OURS, picture_response
from fieldcast.web.shared.workplace import Workplace, at_cooperative, person_of


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """The latest version of every agreement in force."""
    versions = agreements.current_of(organisation_id=place.id)
    found = accounts.organisations_by_ids(ids={party for one in versions for party in one.parties.values()})
    rows = [(one, [found[party] for party in one.parties.values() if party != place.id]) for one in versions]
    return render(request, "coop/agreements/list.html", {"place": place, "rows": rows})


@require_GET
@login_required
def detail(request: HttpRequest, version_id: int) -> HttpResponse:
    """A version in words, worked out on a box, and who agreed to it; for its parties and the authority."""
    return show(request, load_version(by=person_of(request), version_id=version_id))


def show(
    request: HttpRequest,
    version: VersionView,
    *,
    sheet: SheetForm | None = None,
    notice: NoticeForm | None = None,
) -> HttpResponse:
    """The page, with what is wrong in one of its forms."""
    by = person_of(request)
    products = catalog.products(county_id=version.county_id)
    form, shown = _example(request, version, products)
    context = {
        "version": version,
        "clauses": clauses(version.terms, {one.code: one for one in products}),
        "form": form,
        "example": shown,
        "flow": flow_parts(shown.slices) if shown else [],
        "bonds": bonds.bonds_of_agreement(agreement_id=version.agreement_id, today=timezone.localdate()),
        "versions": agreements.versions_of(agreement_id=version.agreement_id),
        "may_revise": version.latest and allowed(by, "agreements.revise", version),
        "newest": not version.latest,
        "deters": deterrence(version.terms),
        **standing.signers(by, version, sheet=sheet),
        **standing.members_say(by, version),
        **standing.term(by, version, now=timezone.now(), notice=notice),
    }
    status = 422 if sheet is not None or notice is not None else 200
    return render(request, "coop/agreements/detail.html", context, status=status)


@require_GET
@login_required
def letter(request: HttpRequest, guarantee_id: int) -> HttpResponse:
    """A bank's guarantee letter as it was handed in, for the agreement's parties and the authority."""
    content = load_letter_picture(by=person_of(request), letter_id=guarantee_id, now=timezone.now())
    return picture_response(request, content, cache=OURS)


def _example(
    request: HttpRequest, version: VersionView, products: Sequence[ProductView]
) -> tuple[ExampleForm, Example | None]:
    """The box asked for in the address, else one that was really sold; None while what is typed makes no box."""
    sold = sold_products(version.terms, products)
    if not sold:
        return ExampleForm(products=(), initial={}), None
    pack = trade.typical_pack(
        county_id=version.county_id,
        cooperative_id=version.cooperative_id,
        host_id=version.host_id,
        terms=version.terms,
        product_codes=tuple(sold),
    )
    typical = {"product": pack.product_code, "pack": pack.pack_units, "price": pack.price_fen}
    asked = request.GET if "price" in request.GET else None
    form = ExampleForm(asked, products=sold.values(), initial=typical)
    values: Mapping[str, Any] = typical
    if asked is not None:
        if not form.is_valid():
            return form, None
        values = form.cleaned_data
    product = sold[values["product"]]
    return form, example(version.terms, product=product, pack_units=values["pack"], price_fen=values["price"])
