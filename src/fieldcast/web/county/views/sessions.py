"""Sessions under the county's eyes: each with what was reported beside what is on record."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.kit.pages import Page
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState, SessionView
from fieldcast.supervision import queries as supervision
from fieldcast.supervision.loaders import load_session_books
from fieldcast.trade import queries as trade
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.sessions.brought import what_it_brought
from fieldcast.web.sessions.held import with_sales
from fieldcast.web.shared import asking

A_PAGE: Final = 20
DIFFERS: Final = "differs"
LOOK_BACK: Final = timedelta(days=90)
STATES: Final = (SessionState.LIVE, SessionState.PLANNED, SessionState.ENDED, SessionState.CANCELLED)


@require_GET
@at_county
def listing(request: HttpRequest, office: Office) -> HttpResponse:
    """Sessions, the latest first: all, those of a state, or those whose report differs from the records."""
    state = asking.one_of(request, "state", SessionState)
    differs = request.GET.get("check") == DIFFERS
    page = _that_differ(office) if differs else _page(request, office, state)
    held = with_sales(page.items, now=timezone.now())
    context = {
        "page": page,
        "held": held,
        "state": None if differs else state,
        "differs": differs,
        "states": STATES,
        "now": timezone.now(),
    }
    return render(request, "county/sessions.html", context)


@require_GET
@at_county
def detail(request: HttpRequest, office: Office, session_id: int) -> HttpResponse:
    """One session: the report beside the records, its books, where each yuan went, what the host said."""
    now = timezone.now()
    books = load_session_books(by=office.by, session_id=session_id)
    session = live.session(session_id=session_id)
    context = {
        "session": session,
        "books": books,
        **what_it_brought(session, organisation_id=None, now=now),
        "offers": trade.offers_of_session(session_id=session_id),
        "transcript": live.transcript(session_id=session_id),
        "hidden": live.hidden_messages(session_id=session_id),
        "now": now,
    }
    return render(request, "county/session.html", context)


def _page(request: HttpRequest, office: Office, state: SessionState | None) -> Page[SessionView]:
    return live.sessions(
        county_id=office.county_id, state=state, page=asking.page_number(request), per_page=A_PAGE
    )


def _that_differ(office: Office) -> Page[SessionView]:
    """Sessions of the last three months whose report differs: few, so all on one page."""
    now = timezone.now()
    found = supervision.differing_reports(county_id=office.county_id, since=now - LOOK_BACK, now=now)
    sessions = live.sessions_by_ids(ids={one.session_id for one in found}).values()
    items = tuple(sorted(sessions, key=lambda one: one.starts_at, reverse=True))
    return Page(items=items, total=len(items), number=1, per_page=max(1, len(items)))
