"""The farmer's day on a phone: the next session, what to pack, the money and why, the season's lots."""

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from fieldcast.accounts import queries as accounts
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.live import queries as live
from fieldcast.settlement import queries as settlement
from fieldcast.settlement.banks.accounts import account_of
from fieldcast.trace import queries as trace
from fieldcast.trade import queries as trade
from fieldcast.web.farm.money import money_of
from fieldcast.web.farm.season import season_lines
from fieldcast.web.shared import asking
from fieldcast.web.shared.days import day_line, greeting
from fieldcast.web.shared.lot_rows import lot_rows, page_of_rows
from fieldcast.web.shared.waiting import waiting_for_me
from fieldcast.web.shared.workplace import Workplace, at_household

LOOKED_AT = 3  # the newest open lots, whose histories are read to see whether a test is missing
MONTH = timedelta(days=30)
LOTS_OF_A_SEASON = 200
STATEMENTS_A_PAGE = 20
LOTS_A_PAGE = 20


@require_GET
@at_household
def today(request: HttpRequest, place: Workplace) -> HttpResponse:
    """One look: when we are live, what to pack, what came in."""
    now = timezone.now()
    plots = catalog.plots_of_household(household_id=place.id)
    cooperatives = {plot.cooperative_id for plot in plots if plot.cooperative_id}
    lots = _lots(place)
    earned = settlement.earned_fen(organisation_ids=[place.id], since=now - MONTH, until=now)
    packing = trade.packing_list(county_id=place.county_id, household_id=place.id)
    context = {
        "place": place,
        "waits": waiting_for_me(by=place.by, now=now),
        "greeting": greeting(now),
        "day": day_line(now),
        "session": live.next_of_cooperatives(
            county_id=place.county_id, cooperative_ids=cooperatives, now=now
        ),
        "cooperatives": accounts.organisations_by_ids(ids=cooperatives).values(),
        "packing": packing,
        "packs": sum(item.packs for item in packing),
        "money": money_of(place, since=now - MONTH),
        "earned_fen": earned.get(place.id),
        "statements": settlement.statements(
            county_id=place.county_id, organisation_id=place.id, per_page=2
        ).items,
        "rows": lot_rows([lot for lot in lots if lot.state == LotState.OPEN][:LOOKED_AT]),
        "season": season_lines(lots, today=timezone.localdate(now)),
        "missing": _untested(lots),
        "failed": _failed(lots),
    }
    return render(request, "farm/today.html", context)


@require_GET
@at_household
def lots(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What was picked from the household's plots, and what is left of it."""
    page = catalog.lots(
        county_id=place.county_id,
        household_id=place.id,
        search=asking.words(request),
        page=asking.page_number(request),
        per_page=LOTS_A_PAGE,
    )
    season = season_lines(_lots(place), today=timezone.localdate())
    context = {"place": place, "page": page_of_rows(page), "season": season}
    return render(request, "farm/lots.html", context)


@require_GET
@at_household
def statements(request: HttpRequest, place: Workplace) -> HttpResponse:
    """What each session brought the household, the newest first."""
    now = timezone.now()
    page = settlement.statements(
        county_id=place.county_id,
        organisation_id=place.id,
        page=asking.page_number(request),
        per_page=STATEMENTS_A_PAGE,
    )
    earned = settlement.earned_fen(organisation_ids=[place.id], since=now - MONTH, until=now)
    context = {"place": place, "page": page, "earned_fen": earned.get(place.id)}
    context["account"] = account_of(organisation_id=place.id)
    return render(request, "farm/statements.html", context)


def _lots(place: Workplace) -> tuple[LotView, ...]:
    page = catalog.lots(county_id=place.county_id, household_id=place.id, per_page=LOTS_OF_A_SEASON)
    return page.items


def _failed(lots: Iterable[LotView]) -> list[LotView]:
    """Stopped lots whose latest test was not passed, the newest first."""
    stopped = [lot for lot in lots if lot.state == LotState.STOPPED]
    verdicts = trace.verdicts(lot_ids=[lot.id for lot in stopped])
    return [lot for lot in stopped if verdicts[lot.id].failed]


def _untested(lots: Iterable[LotView]) -> LotView | None:
    """The newest lot on sale whose history knows of no test."""
    on_sale = [lot for lot in lots if lot.state == LotState.OPEN][:LOOKED_AT]
    verdicts = trace.verdicts(lot_ids=[lot.id for lot in on_sale])
    return next((lot for lot in on_sale if not verdicts[lot.id].tested), None)
