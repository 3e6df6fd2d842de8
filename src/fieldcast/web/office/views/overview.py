"""The first page of the office, how the installation is, and the trail of what administrators did."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from fieldcast.accounts.office import queries as offices
from fieldcast.web.office.condition import condition_of
from fieldcast.web.office.forms import FindForm
from fieldcast.web.office.place import Office, at_office
from fieldcast.web.office.words import told, told_by_hand
from fieldcast.web.shared import asking
from fieldcast.web.shared.machine import machine

LATEST: Final = 8
A_PAGE: Final = 40


@require_GET
@at_office
def overview(request: HttpRequest, office: Office) -> HttpResponse:
    """Find somebody, see what needs a hand, how much there is, what was done lately."""
    page = offices.deeds(county_id=office.county_id, page=1, per_page=LATEST)
    context = {
        "office": office,
        "form": FindForm(),
        "figures": offices.figures(county_id=office.county_id),
        "condition": condition_of(county_id=office.county_id),
        "deeds": [told(deed) for deed in page.items],
    }
    return render(request, "office/overview.html", context)


@require_GET
@at_office
def state(request: HttpRequest, office: Office) -> HttpResponse:
    """How the installation is: versions, jobs, disk, payment, processes."""
    context = {"condition": condition_of(county_id=office.county_id), "machine": machine()}
    return render(request, "office/state.html", context)


@require_GET
@at_office
def trail(request: HttpRequest, office: Office) -> HttpResponse:
    """What administrators did, the latest first."""
    page = offices.deeds(county_id=office.county_id, page=asking.page_number(request), per_page=A_PAGE)
    by_hand = offices.changed_by_hand(county_id=office.county_id, limit=A_PAGE)
    context = {
        "page": page,
        "deeds": [told(deed) for deed in page.items],
        "by_hand": [told_by_hand(change) for change in by_hand],
    }
    return render(request, "office/trail.html", context)
