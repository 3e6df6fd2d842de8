"""A lot and its first event are made in one step, so that no lot is without a history."""

from datetime import date, datetime, time

from django.utils import timezone

from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog.types import LotView
from fieldcast.trace.facts.harvested import Harvested
from fieldcast.trace.operations.recording import NewEvent
from fieldcast.trace.operations.recording import note as write_down


def register_harvest(
    *,
    by: SignedIn | None,
    plot_id: int,
    product_id: int,
    cooperative_id: int,
    grade: str,
    harvested_on: date,
    quantity: int,
    now: datetime,
    today: date,
    note: str = "",
    code: str = "",
) -> LotView:
    """Register a lot and write its first event. Raises what `catalog.register_lot` raises."""
    lot = catalog_operations.register_lot(
        by=by,
        plot_id=plot_id,
        product_id=product_id,
        cooperative_id=cooperative_id,
        grade=grade,
        harvested_on=harvested_on,
        quantity=quantity,
        now=now,
        today=today,
        note=note,
        code=code,
    )
    fact = Harvested(
        quantity=quantity,
        unit=lot.product.unit,
        grade=grade,
        plot=lot.plot.name,
        area_mu=lot.plot.area_mu,
        day=harvested_on,
    )
    event = NewEvent(fact=fact, at=_picked_at(harvested_on, now), actor_id=lot.plot.household_id)
    write_down(lot_id=lot.id, events=[event], by=by, now=now)
    return lot


def _picked_at(day: date, now: datetime) -> datetime:
    """When it happened: now, if it was today; of another day nobody says the hour, and it has its first moment."""
    if day == timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(day, time.min))
