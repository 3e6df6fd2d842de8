"""The demo county's lots and what happened to each before it was sold.

A lot is as large as what its session sells of it, and is picked just before, or, where the kind keeps, in its season.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from fieldcast.catalog.types import Category, LotView
from fieldcast.demo.county import County, Field
from fieldcast.demo.goods import GRADES, Good, Keeping
from fieldcast.trace import operations as trace_operations
from fieldcast.trace.facts.graded import Graded
from fieldcast.trace.facts.inspected import Inspected, Residue, Result
from fieldcast.trace.facts.stored import Stored
from fieldcast.trace.operations import NewEvent
from fieldcast.trade import operations as trade_operations

PACKS_A_MU: Final = 7  # that one session sells of a plot's good
FEWEST_PACKS: Final = 8
DAYS_OF_PICKING: Final = 25  # what keeps was picked on the last of these of its season


@dataclass(frozen=True)
class Picked:
    """A lot with the plot it came from and how many packs of it can be sold."""

    lot: LotView
    field: Field
    packs: int


def choose(county: County, which: int, *, day: date, count: int, kinds: bool = False) -> list[Field]:
    """Plots of a cooperative whose goods sell on a day: whose household has sold least first, then as members stand.

    With `kinds`, each of another good.
    """
    places = county.fields[county.cooperatives[which].id]
    turns = Counter[int]()
    for one in places:
        turns[one.household.id] += one.sold
    ready = [one for one in places if one.good.last_picked(day)]
    ready.sort(key=lambda one: (turns[one.household.id], one.sold))
    found: list[Field] = []
    for place in ready:
        taken = {one.good.code if kinds else one.household.id for one in found}
        if (place.good.code if kinds else place.household.id) not in taken and len(found) < count:
            found.append(place)
    return found


def pick(county: County, which: int, place: Field, *, day: date, packs: int | None = None) -> Picked:
    """Register the lot that `place` sells on `day`, with its history up to the store."""
    rng = county.rng
    wanted = packs or max(FEWEST_PACKS, round(place.area_mu * PACKS_A_MU * rng.randrange(85, 115) / 100))
    units = wanted * place.good.pack
    lost = max(1, units * rng.randrange(1, 4) // 100)
    morning = _morning(county, place.good, day)
    lot = _register(county, which, place, morning, units + lost)
    _tell_story(county, which, lot, morning, lost)
    place.sold += 1
    return Picked(lot=lot, field=place, packs=wanted)


def pick_failed(county: County, which: int, *, day: date) -> LotView:
    """A lot that did not pass its test: it was stopped before any of it was offered."""
    ready = choose(county, which, day=day, count=len(county.households))
    place = next(one for one in ready if one.good.category == Category.VEGETABLE)
    morning = _morning(county, place.good, day)
    lot = _register(county, which, place, morning, 20 * place.good.pack)
    _inspect(county, which, lot, morning + timedelta(hours=28), Result.FAIL, Residue.ABOVE_LIMITS)
    return lot


def _morning(county: County, good: Good, day: date) -> datetime:
    """When it was picked: the day before, or on one of the last days on which it was picked."""
    picked = good.last_picked(day)
    if picked is None:
        raise ValueError(f"there is no {good.code} on {day}")
    if good.keeping != Keeping.FRESH and not good.is_picked(day):
        earlier = picked - timedelta(days=county.rng.randrange(DAYS_OF_PICKING))
        picked = earlier if good.is_picked(earlier) and (day - earlier).days <= good.keeps else picked
    minutes = timedelta(minutes=county.rng.randrange(0, 90))
    return timezone.make_aware(datetime.combine(picked, time(5, 30))) + minutes


def _register(county: County, which: int, place: Field, morning: datetime, quantity: int) -> LotView:
    return trace_operations.register_harvest(
        by=county.chiefs[which],
        plot_id=place.plot_id,
        product_id=county.products[place.good.code],
        cooperative_id=county.cooperatives[which].id,
        grade=county.rng.choice(GRADES),
        harvested_on=timezone.localdate(morning),
        quantity=quantity,
        now=morning,
        today=timezone.localdate(morning),
    )


def _tell_story(county: County, which: int, lot: LotView, morning: datetime, lost: int) -> None:
    """Sorted, stored, and tested at the county's station: the afternoon of the day it was picked."""
    graded = morning + timedelta(hours=3)
    fact = Graded(received=lot.quantity, sorted_out=lost, grade=lot.grade)
    trade_operations.sort_out(by=county.chiefs[which], lot_id=lot.id, fact=fact, at=graded, now=graded)
    stored = morning + timedelta(hours=5)
    store = Stored(store="township cold store", celsius=Decimal(f"{county.rng.randrange(18, 45) / 10:.1f}"))
    _note(county, which, lot, NewEvent(fact=store, at=stored, actor_id=county.carriers[0].id))
    _inspect(county, which, lot, morning + timedelta(hours=10), Result.PASS, Residue.NOT_DETECTED)


def _note(county: County, which: int, lot: LotView, event: NewEvent) -> None:
    trace_operations.note(lot_id=lot.id, events=[event], by=county.packers[which], now=event.at)


def _inspect(
    county: County, which: int, lot: LotView, at: datetime, result: Result, residue: Residue
) -> None:
    """The testing station's word, brought in by the cooperative."""
    if county.laboratory is None:
        raise ValueError("the county has no laboratory")
    fact = Inspected(
        result=result,
        residue=residue,
        report=f"HWJC{at:%y%m%d}-{county.rng.randrange(100, 999)}",
        station=county.laboratory.name,
    )
    _note(county, which, lot, NewEvent(fact=fact, at=at, actor_id=county.laboratory.id))
