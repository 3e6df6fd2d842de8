"""Live sessions of the cooperative: the list, planning one, and one with what it offers and sold. What is done with one
is `web.sessions`.
"""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from fieldcast.live import queries as live
from fieldcast.live.types import SessionState, SessionView
from fieldcast.settlement import queries as settlement
from fieldcast.supervision.loaders import load_verification
from fieldcast.trade import queries as trade
from fieldcast.web.coop.frame import COOP
from fieldcast.web.sessions import plan as planning
from fieldcast.web.sessions.run_sheet import before_it_begins
from fieldcast.web.shared import asking
from fieldcast.web.shared.flow import flow_parts
from fieldcast.web.shared.workplace import Workplace, at_cooperative, workplace_of

A_PAGE = 12


@require_GET
@at_cooperative
def listing(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Sessions that sell the cooperative's goods, the latest first."""
    page = live.sessions(
        county_id=place.county_id,
        cooperative_id=place.id,
        state=asking.one_of(request, "state", SessionState),
        page=asking.page_number(request),
        per_page=A_PAGE,
    )
    states = (SessionState.LIVE, SessionState.PLANNED, SessionState.ENDED)
    return render(request, "coop/sessions/list.html", {"place": place, "page": page, "states": states})


@require_http_methods(["GET", "POST"])
@at_cooperative
def plan(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Plan a session; what it offers is chosen on its own page next."""
    place.must_manage()
    return planning.plan(request, place, frame=COOP)


@require_GET
@login_required
def detail(request: HttpRequest, session_id: int) -> HttpResponse:
    """One session: its run sheet, sales and their check, and what can be done now."""
    session = live.session(session_id=session_id)
    place = workplace_of(request, session.cooperative_id)
    return render(request, "coop/sessions/detail.html", session_context(place, session, now=timezone.now()))


def session_context(place: Workplace, session: SessionView, *, now: datetime) -> dict[str, Any]:
    """Everything the page of a session shows."""
    sales = trade.session_sales(session_id=session.id)
    sold = {one.offer_id: one for one in sales.offers}
    return {
        "place": place,
        "session": session,
        "offers": [(one, sold.get(one.id)) for one in trade.offers_of_session(session_id=session.id)],
        "sales": sales,
        **before_it_begins(session),
        "check": load_verification(by=place.by, session_id=session.id, now=now)
        if session.opened_at
        else None,
        "flow": flow_parts(settlement.where_it_went(session_id=session.id)),
        "statements": settlement.statements(
            county_id=place.county_id, organisation_id=place.id, session_id=session.id
        ).items,
        "may_sell": place.manages and session.state in (SessionState.PLANNED, SessionState.LIVE),
    }
