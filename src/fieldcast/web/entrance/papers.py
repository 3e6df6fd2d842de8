"""The terms of use and the privacy notice: what this platform asks of people, and what it keeps of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import TERMS, OrganisationKind
from fieldcast.recovery import queries as recovery
from fieldcast.web.shared.county import county_of


@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """The terms of use."""
    return _paper(request, "entrance/terms.html")


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of people, who sees it, and until when."""
    return _paper(request, "entrance/privacy.html")


def _paper(request: HttpRequest, template: str) -> HttpResponse:
    county = county_of(request)
    authority = OrganisationKind.AUTHORITY
    context = {
        "version": TERMS,
        "sends_codes": recovery.sends_codes(),
        "centres": recovery.centres(county_id=county.id) if county else (),
        "authorities": accounts.organisations(county_id=county.id, kind=authority) if county else (),
    }
    return render(request, template, context)
