"""The long chain of each product, as far as anybody knows it: what agreements and members' figures stand beside."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.accounts.access import allowed, require
from fieldcast.agreements.chain import operations as chain_operations
from fieldcast.agreements.chain import queries as chains
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound
from fieldcast.web.county.chain_form import ChainForm
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.shared import once
from fieldcast.web.shared.chain import Part, stages_of, stages_table
from fieldcast.web.shared.taken import taken

KEEP = "agreements.keep_cover"


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """Every product, with what the farmer has of a yuan in its long chain, where that was written down."""
    found = {one.product_code: one for one in chains.chains_in(county_id=office.county_id)}
    rows = []
    for product in catalog.products(county_id=office.county_id):
        chain = found.get(product.code)
        first = stages_of(chain)[0] if chain else None
        rows.append((product, chain, Part(first.name, first.part_bp) if first else None))
    return render(request, "county/chains.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@at_county
def chain(request: HttpRequest, office: Office, product_code: str) -> HttpResponse:
    """One product's chain, what it was before, and the form for a new one."""
    products = {one.code: one for one in catalog.products(county_id=office.county_id)}
    if product_code not in products:
        raise NotFound("product")
    before = chains.history(county_id=office.county_id, product_code=product_code)
    keeps = allowed(office.by, KEEP, office.county)
    form = ChainForm(request.POST if request.method == "POST" else None, chain=before[0] if before else None)
    if request.method == "POST":
        require(office.by, KEEP, office.county)
        here = reverse("county_chain", args=[product_code])
        if form.is_valid() and taken(request, form, _writes(office, form, product_code), leads_to=here):
            messages.success(request, _("It is written down; the one before can still be read."))
            return redirect(here)
    context = {
        "product": products[product_code],
        "keeps": keeps,
        "form": form,
        "now": before[0] if before else None,
        "table": stages_table(before[0]) if before else None,
        "earlier": [(one, stages_table(one)) for one in before[1:]],
        "once": once.key_of(request),
    }
    return render(request, "county/chain.html", context, status=422 if form.errors else 200)


def _writes(office: Office, form: ChainForm, product_code: str) -> Any:
    said = form.cleaned_data

    def write(now: datetime) -> None:
        chain_operations.write_chain(
            by=office.by,
            county_id=office.county_id,
            product_code=product_code,
            units=said["units"],
            stages=form.stages,
            consumer_fen=said["consumer"],
            consumer_source=said["consumer_source"],
            consumer_day=said["consumer_day"],
            now=now,
        )

    return write
