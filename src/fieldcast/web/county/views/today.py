"""The county's morning: what needs a person, the figures of the day, and where each leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.supervision import queries as supervision
from fieldcast.trace import queries as trace
from fieldcast.trade import queries as trade
from fieldcast.trade.payments.naming import readable
from fieldcast.trade.types import NoticeOutcome
from fieldcast.web.county.attention import cards, each
from fieldcast.web.county.day import county_day, hours_chart, tiles
from fieldcast.web.county.forged import entries, reason_words
from fieldcast.web.county.incomes import incomes_of, masked
from fieldcast.web.county.misfits import asked_about, not_asked_above
from fieldcast.web.county.place import Office, at_county
from fieldcast.web.county.words import channel_name, provider_name
from fieldcast.web.shared import asking
from fieldcast.web.shared.days import day_name
from fieldcast.web.shared.flow import flow_parts
from fieldcast.web.shared.waiting import waiting_for_me

MOST_CARDS = 6
MOST_NOTICES = 100


@require_GET
@at_county
def dashboard(request: HttpRequest, office: Office) -> HttpResponse:
    """Everything at a glance; the histories of the lots follow as a part of their own."""
    now = timezone.now()
    day = county_day(county_id=office.county_id, now=now)
    waits = waiting_for_me(by=office.by, now=now)
    needed = supervision.attention(county_id=office.county_id, now=now, with_histories=False)
    found = cards(not_asked_above(needed, (one.item for one in waits)))
    incomes = incomes_of(county_id=office.county_id, village=asking.words(request, "village"), now=now)
    chart, figures = hours_chart(day)
    context = {
        "office": office,
        "now": now,
        "waits": waits,
        "today": day_name(timezone.localdate(now)),
        "cards": found[:MOST_CARDS],
        "more": max(0, len(found) - MOST_CARDS),
        "count": len(waits) + len(found),
        "day": day,
        "tiles": tiles(day),
        "chart": chart,
        "chart_rows": figures,
        "outside": [(channel_name(one.channel), one.money) for one in day.outside],
        "flow": flow_parts(day.slices),
        "incomes": incomes,
        "top": masked(incomes.top),
        "bottom": masked(incomes.bottom),
    }
    return render(request, "county/today.html", context)


@require_GET
@at_county
def histories(request: HttpRequest, office: Office) -> HttpResponse:
    """The part of the dashboard about the lots' records, as the sweep last found them; by itself it is no page."""
    if not asking.by_script(request):
        return redirect("county_attention")
    now = timezone.now()
    found = cards(supervision.broken_histories(county_id=office.county_id, now=now))
    others = asking.whole(request.GET.get("others")) or 0
    checked = trace.checked(county_id=office.county_id)
    context = {"cards": found, "count": others + len(found), "checked": checked, "now": now}
    return render(request, "county/_histories.html", context)


@require_GET
@at_county
def attention(request: HttpRequest, office: Office) -> HttpResponse:
    """Every item by itself."""
    now = timezone.now()
    found = each(supervision.attention(county_id=office.county_id, now=now))
    return render(request, "county/attention.html", {"cards": found, "now": now})


@require_GET
@at_county
def notices(request: HttpRequest, office: Office) -> HttpResponse:
    """What the payment provider told us, and whoever pretended to be it."""
    outcome = asking.one_of(request, "outcome", NoticeOutcome)
    told = outcome in (None, NoticeOutcome.REJECTED)
    found = trade.notices(county_id=office.county_id, outcome=outcome, limit=MOST_NOTICES)
    asked = asked_about(found, by=office.by)
    context = {
        "forged": entries(trade.forged_notices(strays=True)) if told else (),
        "counts": [
            (one, count) for one, count in trade.notice_counts(county_id=office.county_id).items() if count
        ],
        "notices": [
            {
                "notice": one,
                "name": readable(one.notice_id),
                "provider": provider_name(one.provider),
                "reason": reason_words(one.reason),
                "item": asked.get(one.id),
            }
            for one in found
        ],
        "outcome": outcome,
        "most": MOST_NOTICES,
        "now": timezone.now(),
    }
    return render(request, "county/notices.html", context)
