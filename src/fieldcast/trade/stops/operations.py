"""Orders of a stopped lot are not sent without a word of why, and are given back in one go, however many there are.

Who gives back writes it down; a first few are done at once, the rest by a sweep, each batch a transaction of its own,
so that nothing waits for all of them and nothing is lost when a process ends.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState
from fieldcast.kit.said import must_say
from fieldcast.trace.problems import LotNotStopped
from fieldcast.trade import told
from fieldcast.trade.aftersales.steps import all_went_back
from fieldcast.trade.models import GiveBack, OrderLine
from fieldcast.trade.orders.types import UNSENT
from fieldcast.trade.refunds.operations import give_back
from fieldcast.trade.stock import units
from fieldcast.trade.stops.problems import NothingHeldBack, OrderHeldBack
from fieldcast.trade.stops.queries import giving_back_view, unsent_orders
from fieldcast.trade.stops.types import GivingBack

A_BATCH: Final = 20  # orders given back in one transaction, and at once when somebody asks


def check_sendable(lines: Sequence[OrderLine], *, why: str) -> bool:
    """Hold the lots of an order in their states, before its row is locked; True when one of them is stopped.

    Raises `OrderHeldBack` when one is and nobody says `why` the parcel goes all the same.
    """
    states = catalog_operations.hold_states(lot_ids=[line.lot_id for line in lines])
    stopped = [lot_id for lot_id, state in states.items() if state == LotState.STOPPED]
    if stopped and not why:
        raise OrderHeldBack(lot=catalog.lot(lot_id=stopped[0]).code)
    return bool(stopped)


def give_back_held(*, by: SignedIn, lot_id: int, reason: str, now: datetime) -> GivingBack:
    """Give back every order of a stopped lot that was not sent, for its cooperative or the county's authority.

    Asked again while it goes on, it is the same giving back. Raises `NotFound` for strangers, `LotNotStopped`,
    `SaysNothing`, and `NothingHeldBack` when no order of the lot waits.
    """
    with transaction.atomic():
        lot = catalog_operations.lock_lot(lot_id=lot_id)
        require(by, "catalog.stop_lot", lot)
        if lot.state != LotState.STOPPED:
            raise LotNotStopped(lot=lot.code)
        row = GiveBack.objects.filter(lot_id=lot_id, finished_at__isnull=True).first()
        if row is None:
            waiting = unsent_orders(lot_id=lot_id).count()
            if not waiting:
                raise NothingHeldBack(lot=lot.code)
            why = must_say(reason, field="reason")[:200]
            row = GiveBack.objects.create(lot_id=lot_id, orders=waiting, reason=why, by_id=by.pk, at=now)
            _some(row, now=now)
        left = unsent_orders(lot_id=lot_id).count()
    return giving_back_view(row, left=left)


def give_back_due(*, now: datetime, limit: int = 200) -> int:
    """Go on with what somebody began to give back; returns how many orders were given back. Safe to repeat.

    A lot that may be sold again meanwhile holds nothing back any more: what is left goes on its way.
    """
    lots = GiveBack.objects.filter(finished_at__isnull=True).order_by("id").values_list("lot_id", flat=True)
    done = 0
    for lot_id in list(lots):
        while done < limit and (some := _next_batch(lot_id, now=now)):
            done += some
    return done


@transaction.atomic
def _next_batch(lot_id: int, *, now: datetime) -> int:
    lot = catalog_operations.lock_lot(lot_id=lot_id)
    row = GiveBack.objects.filter(lot_id=lot_id, finished_at__isnull=True).first()
    if row is None:  # another worker has done it meanwhile
        return 0
    if lot.state != LotState.STOPPED:
        _finish(row, now=now)
        return 0
    return _some(row, now=now)


def _some(row: GiveBack, *, now: datetime) -> int:
    """Give a batch back under the lot's lock; what somebody else changes at this moment is left for the next turn."""
    ids = list(unsent_orders(lot_id=row.lot_id).values_list("id", flat=True)[:A_BATCH])
    locked = units.lock_orders(ids, skip_locked=True)
    given = [order for order in locked.orders.values() if order.state in UNSENT]
    for order in given:
        refund = give_back(locked, order, by_id=row.by_id, reason=row.reason, now=now)
        all_went_back(order, refund, by=None, now=now)
    told.given_back(given, now=now)
    if len(ids) < A_BATCH and len(given) == len(ids):
        _finish(row, now=now)
    return len(given)


def _finish(row: GiveBack, *, now: datetime) -> None:
    row.finished_at = now
    row.save(update_fields=["finished_at"])


def tell_of_test(*, lot_id: int, now: datetime, **_signal: object) -> None:
    """A test was not passed: the buyers of the lot are told."""
    told.test_failed(lot_id, now=now)


def tell_of_sale(*, lot_id: int, stopped: bool, now: datetime, **_signal: object) -> None:
    """A sale was stopped or goes on: buyers whose box was not sent are told."""
    told.sale_changed(lot_id, stopped=stopped, now=now)
