"""The first page of a working day at the service centre."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.joining import queries as joining
from fieldcast.live import queries as live
from fieldcast.recovery import queries as recovery
from fieldcast.trade import queries as trade
from fieldcast.web.centre.words import table_of
from fieldcast.web.shared.days import day_name
from fieldcast.web.shared.waiting import waiting_for_me
from fieldcast.web.shared.workplace import Workplace, at_centre

COMING = 8
LATEST = 3


@require_GET
@at_centre
def today(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What waits, the latest people who were helped, and the county's sessions: on air first, then the next ones."""
    now = timezone.now()
    context = {
        "place": place,
        "today": day_name(timezone.localdate(now)),
        "waits": waiting_for_me(by=place.by, now=now),
        "asked": joining.waiting_for(person_id=place.by.pk).count,
        "table": table_of(recovery.codes_of_centre(centre_id=place.id, now=now, limit=LATEST), now=now),
        "live": live.live_now(county_id=place.county_id),
        "coming": trade.coming(county_id=place.county_id, now=now, limit=COMING),
    }
    return render(request, "centre/today.html", context)
