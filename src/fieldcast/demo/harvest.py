"""The demo county's lots and what happened to each before it was sold."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from fieldcast.catalog.types import LotView
from fieldcast.demo.county import County, Field
from fieldcast.demo.goods import GRADES
from fieldcast.demo.studio import CLIPS
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.facts.graded import Graded
from fieldcast.trace.facts.inspected import Inspected, Residue, Result
from fieldcast.trace.facts.stored import Stored
from fieldcast.trace.operations import NewEvent
from fieldcast.trade import operations as trade_operations

LOTS_A_COOPERATIVE = 14
THIS_MORNING = 4
DAYS_BACK = 34
STARS = tuple(clip.kind for clip in CLIPS)  # what each cooperative's clip shows must be there to buy


def harvest(county: County, *, now: datetime) -> dict[int, list[LotView]]:
    """Register every cooperative's lots, the oldest first; returns them by cooperative."""
    return {
        cooperative.id: [_pick(county, which, place, day, now) for place, day in _plan(county, which, now)]
        for which, cooperative in enumerate(county.cooperatives)
    }


def _plan(county: County, which: int, now: datetime) -> list[tuple[Field, date]]:
    """Which plot is picked on which day: the plots in turn, then this morning four different kinds, the star last."""
    today = timezone.localdate(now)
    planted = county.fields[county.cooperatives[which].id]
    # In a month in which nothing ripens the demo still has something to sell.
    places = [place for place in planted if _in_season(place, today)] or planted
    older = LOTS_A_COOPERATIVE - THIS_MORNING
    days = sorted((county.rng.randrange(1, DAYS_BACK) for _ in range(older)), reverse=True)
    before = [(places[n % len(places)], today - timedelta(days=back)) for n, back in enumerate(days)]
    return before + [(place, today) for place in _kinds(places, STARS[which])]


def _kinds(places: list[Field], star: str) -> list[Field]:
    """Plots of different kinds of produce, as many as are picked in a morning, that of `star` last."""
    by_kind = {place.good.code: place for place in places}
    others = [place for code, place in by_kind.items() if code != star]
    return [*others[: THIS_MORNING - 1], by_kind.get(star, places[0])]


def _in_season(place: Field, day: date) -> bool:
    first, last = place.good.season
    return first <= day.month <= last if first <= last else day.month >= first or day.month <= last


def _pick(county: County, which: int, place: Field, day: date, now: datetime) -> LotView:
    """One lot: a part of what its plot can still bear, with its history up to the cold store."""
    rng = county.rng
    quantity = int(place.area_mu * place.good.ceiling) * rng.randrange(12, 20) // 100
    quantity -= quantity % place.good.pack
    morning = timezone.make_aware(datetime.combine(day, time(5, 30))) + timedelta(
        minutes=rng.randrange(0, 90)
    )
    lot = trace_operations.register_harvest(
        by=county.chiefs[which],
        plot_id=place.plot_id,
        product_id=county.products[place.good.code],
        cooperative_id=county.cooperatives[which].id,
        grade=rng.choice(GRADES),
        harvested_on=day,
        quantity=quantity,
        now=min(morning, now),
        today=timezone.localdate(now),
    )
    _tell_story(county, which, lot, morning, now)
    return lot


def _tell_story(county: County, which: int, lot: LotView, morning: datetime, now: datetime) -> None:
    """Inspected, graded, stored: what the cooperative writes down on the day."""
    rng = county.rng
    lost = lot.quantity * rng.randrange(1, 4) // 100
    report = f"{morning:%Y}-{rng.randrange(1000, 9999)}"
    events = [
        NewEvent(
            fact=Inspected(result=Result.PASS, residue=Residue.NOT_DETECTED, report=report),
            at=morning + timedelta(hours=2),
        ),
        NewEvent(
            fact=Stored(store="township cold store", celsius=Decimal(f"{rng.randrange(18, 45) / 10:.1f}")),
            at=morning + timedelta(hours=4),
            actor_id=county.carriers[0].id,
        ),
    ]
    past = [event for event in events if event.at <= now]
    if past:
        trace_operations.note(lot_id=lot.id, events=past, by=county.packers[which], now=past[-1].at)
    sorted_at = morning + timedelta(hours=3)
    if sorted_at <= now:
        graded = Graded(received=lot.quantity, sorted_out=lost, grade=lot.grade)
        trade_operations.sort_out(
            by=county.chiefs[which], lot_id=lot.id, fact=graded, at=sorted_at, now=max(sorted_at, past[-1].at)
        )
