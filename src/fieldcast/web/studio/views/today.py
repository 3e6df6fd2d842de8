"""The studio's first page: what to do now, and what the last sessions brought."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.accounts.types import Standing
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.settlement import queries as settlement
from fieldcast.trade import queries as trade
from fieldcast.web.sessions.held import plans_of, with_sales
from fieldcast.web.shared.days import day_name, greeting
from fieldcast.web.shared.waiting import waiting_for_me
from fieldcast.web.shared.workplace import Workplace, at_studio

LAST_SESSIONS = 4
LAST_STATEMENTS = 3


@require_GET
@at_studio
def today(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Go live, or go back to being live; then the plans, the last sessions and the money."""
    now = timezone.now()
    county, host = place.county_id, place.id
    plans = plans_of(county_id=county, host_id=host, now=now)
    suspended = place.organisation.standing == Standing.SUSPENDED
    ended = live.sessions(
        county_id=county, host_id=host, state=SessionState.ENDED, per_page=LAST_SESSIONS
    ).items
    context = {
        "place": place,
        "greeting": greeting(now),
        "suspended": suspended,
        "waits": waiting_for_me(by=place.by, now=now),
        "on_air": live.sessions(county_id=county, host_id=host, state=SessionState.LIVE, per_page=1).items,
        "plans": plans,
        "next": plans.next,
        "may_open": plans.next is not None and place.manages and not suspended,
        "offers": trade.offers_of_session(session_id=plans.next.id) if plans.next else (),
        "early": plans.next is not None and (plans.next.starts_at - now).total_seconds() > 30 * 60,
        "held": with_sales(ended, now=now),
        "statements": settlement.statements(
            county_id=county, organisation_id=host, per_page=LAST_STATEMENTS
        ).items,
        "today": day_name(timezone.localdate(now)),
    }
    return render(request, "studio/today.html", context)
