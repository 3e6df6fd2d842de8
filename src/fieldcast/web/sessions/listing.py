"""The list of a workplace's sessions, the latest first, in whatever state or in one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.accounts.types import OrganisationKind
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.web.sessions.frame import Frame
from fieldcast.web.shared import asking
from fieldcast.web.shared.workplace import workplace

A_PAGE = 12


@require_GET
@login_required
def listing(request: HttpRequest, *, frame: Frame) -> HttpResponse:
    """Sessions of the cooperative or host that the person works for; a face says what it shows of each."""
    place = workplace(request, frame.kind)
    state = asking.one_of(request, "state", SessionState)
    page = live.sessions(
        county_id=place.county_id,
        cooperative_id=place.id if frame.kind == OrganisationKind.COOPERATIVE else None,
        host_id=place.id if frame.kind == OrganisationKind.HOST else None,
        state=state,
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    context = {
        "frame": frame,
        "place": place,
        "page": page,
        "state": state,
        "states": frame.listing.states,
        "rows": frame.listing.rows(page.items, timezone.now()),
    }
    return render(request, frame.listing.template, context)
