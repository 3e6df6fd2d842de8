"""The cooperative's day: what to pack, who is live, the money, what runs low, what came late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.agreements import queries as agreements
from fieldcast.ledger import queries as ledger
from fieldcast.live import queries as live
from fieldcast.live.types import SessionState
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.banks.accounts import account_of
from fieldcast.settlement.early.clauses import fast_payout_of
from fieldcast.settlement.early.reserves import latest_of
from fieldcast.settlement.types import Stage
from fieldcast.trade import queries as trade
from fieldcast.trade.types import SEND_WITHIN_HOURS
from fieldcast.web.shared import asking
from fieldcast.web.shared.coming import STAGES
from fieldcast.web.shared.days import day_line, greeting
from fieldcast.web.shared.lot_rows import open_rows
from fieldcast.web.shared.waiting import waiting_for_me
from fieldcast.web.shared.workplace import Workplace, at_cooperative

SHOWN = 5
STATEMENTS_A_PAGE = 20
MOST_LATE = 500


@require_GET
@at_cooperative
def today(request: HttpRequest, place: Workplace) -> HttpResponse:
    """Everything that needs a hand today, the most pressing first."""
    now = timezone.now()
    packing = trade.packing_list(county_id=place.county_id, seller_id=place.id)
    late = trade.late_orders(county_id=place.county_id, seller_id=place.id, now=now, limit=MOST_LATE)
    money = {one.purpose: one for one in ledger.balances(party=place.organisation.party)}
    advance = money.get("advance")
    to_come = settlement.coming_to(organisation_id=place.id)
    waiting = trade.orders_to_pack(seller_id=place.id, per_page=1).total
    coming = live.sessions(
        county_id=place.county_id, cooperative_id=place.id, state=SessionState.PLANNED, per_page=50
    ).items
    context = {
        "place": place,
        "waits": waiting_for_me(by=place.by, now=now),
        "greeting": greeting(now),
        "day": day_line(now),
        "packing": packing,
        "waiting": waiting,
        "packs": sum(item.packs for item in packing),
        "oldest": packing[0].since if packing else None,
        "late": late,
        "promised_hours": SEND_WITHIN_HOURS,
        "late_shown": late[:SHOWN],
        "live": live.sessions(
            county_id=place.county_id, cooperative_id=place.id, state=SessionState.LIVE, per_page=SHOWN
        ).items,
        "coming": sorted(coming, key=lambda session: session.starts_at)[:SHOWN],
        "wallet": money.get("wallet"),
        "escrow": money.get("escrow"),
        "advance": advance,
        "to_come": to_come,
        "open_parts": tuple(
            (STAGES[stage], sum(line.packs for line in to_come.of(stage)), to_come.net_fen(stage))
            for stage in Stage
            if to_come.of(stage)
        ),
        "unsettled": settlement.waiting(county_id=place.county_id, seller_id=place.id),
        "low": [row for row in open_rows(county_id=place.county_id, cooperative_id=place.id) if row.low][
            :SHOWN
        ],
        "statements": settlement.statements(
            county_id=place.county_id, organisation_id=place.id, per_page=SHOWN
        ).items,
    }
    presses = late or context["live"] or context["low"] or (advance and advance.balance_fen < 0)
    return render(request, "coop/today.html", {**context, "presses": presses})


@require_GET
@at_cooperative
def statements(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What each session brought the cooperative, the newest first."""
    page = settlement.statements(
        county_id=place.county_id,
        organisation_id=place.id,
        search=asking.words(request),
        page=asking.page_number(request),
        per_page=STATEMENTS_A_PAGE,
    )
    context = {
        "place": place,
        "page": page,
        "standing": settlement.standing(cooperative_id=place.id),
        "account": account_of(organisation_id=place.id),
        "reserve": latest_of(seller_id=place.id) if _pays_fast(place) else None,
    }
    return render(request, "coop/statements.html", context)


def _pays_fast(place: Workplace) -> bool:
    """Does one of its agreements pay before the time for refunds is over?"""
    return any(fast_payout_of(one) for one in agreements.current_of(organisation_id=place.id))
