"""Where units go back, and the one place in Python where trade takes its row locks.

They are taken out and sold by two functions in the database (`trade_place_order`, `trade_book_payment`), because those
are called by hundreds at once.

Locks are taken in one order — offers, lot stocks, orders, each in id order; the ledger's accounts come after — and
what is decided is decided on rows read under them, and on who works where read anew: a membership may have ended while
a lock was waited for. A change is told to the room when, and only when, it commits.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from fieldcast.accounts.kept import forget
from fieldcast.kit.errors import NotFound
from fieldcast.trade.models import LotStock, Offer, Order, Reservation
from fieldcast.trade.offers.frames import tell
from fieldcast.trade.offers.types import OfferState
from fieldcast.trade.stock.types import ReservationState


@dataclass
class Locked:
    """Orders with everything their units touch, under this transaction's locks."""

    orders: dict[int, Order]
    reservations: list[Reservation]
    offers: dict[int, Offer]
    stocks: dict[int, LotStock]
    moved: list[Reservation] = field(default_factory=list)

    def order(self, order_id: int) -> Order:
        """One of the orders. Raises `NotFound`."""
        if order_id not in self.orders:
            raise NotFound("order")
        return self.orders[order_id]

    def of(self, order_id: int) -> list[Reservation]:
        """The reservations of one order."""
        return [row for row in self.reservations if row.line.order_id == order_id]


def lock_offer(offer_id: int) -> Offer:
    """Lock one offer. Raises `NotFound`."""
    offer = Offer.objects.select_for_update(no_key=True).filter(id=offer_id).first()
    if offer is None:
        raise NotFound("offer")
    forget()
    return offer


def lock_stock(lot_id: int) -> LotStock:
    """Lock a lot's stock, which must have been made; after its offers."""
    return LotStock.objects.select_for_update(no_key=True).get(lot_id=lot_id)


def lock_order(order_id: int) -> Order:
    """Lock one order whose units stay where they are. Raises `NotFound`."""
    order = Order.objects.select_for_update(no_key=True).filter(id=order_id).first()
    if order is None:
        raise NotFound("order")
    forget()
    return order


def lock_orders(order_ids: Iterable[int], *, skip_locked: bool = False) -> Locked:
    """Lock orders with their offers and stocks; `skip_locked` leaves out orders that somebody else is changing."""
    wanted = sorted(set(order_ids))
    touched = list(
        Reservation.objects.filter(line__order_id__in=wanted).values_list("offer_id", "lot_id").distinct()
    )
    offers = Offer.objects.select_for_update(no_key=True).filter(id__in={offer for offer, _ in touched})
    held = {offer.pk: offer for offer in offers.order_by("id")}
    stocks = LotStock.objects.select_for_update(no_key=True).filter(lot_id__in={lot for _, lot in touched})
    kept = {stock.lot_id: stock for stock in stocks.order_by("lot_id")}
    orders = Order.objects.select_for_update(no_key=True, skip_locked=skip_locked).filter(id__in=wanted)
    found = {order.pk: order for order in orders.order_by("id")}
    rows = (
        Reservation.objects.select_related("line").filter(line__order_id__in=list(found)).order_by("line_id")
    )
    forget()
    return Locked(orders=found, reservations=list(rows), offers=held, stocks=kept)


def release(locked: Locked, rows: Iterable[Reservation], *, now: datetime) -> None:
    """Held or sold units go back: to their offer while it is open, else to the lot's free units."""
    for row in rows:
        offer, stock = locked.offers[row.offer_id], locked.stocks[row.lot_id]
        if row.state == ReservationState.HELD:
            offer.held -= row.packs
            stock.reserved -= row.lot_units
        elif row.state == ReservationState.SOLD:
            offer.sold -= row.packs
            stock.sold -= row.lot_units
        else:
            continue
        stock.on_hand += row.lot_units
        if offer.state == OfferState.OPEN:
            stock.allocated += row.lot_units
        row.state, row.changed_at = ReservationState.RELEASED.value, now
        locked.moved.append(row)


def save(locked: Locked) -> None:
    """Write what moved, one statement a row and kind, and tell the rooms."""
    by_time: dict[datetime, list[int]] = {}
    for row in locked.moved:
        by_time.setdefault(row.changed_at, []).append(row.line_id)
    for changed_at, lines in by_time.items():
        rows = Reservation.objects.filter(line_id__in=lines)
        rows.update(state=ReservationState.RELEASED.value, changed_at=changed_at)
    for lot_id in sorted({row.lot_id for row in locked.moved}):
        locked.stocks[lot_id].save(update_fields=["on_hand", "allocated", "reserved", "sold"])
    offers = [locked.offers[offer_id] for offer_id in sorted({row.offer_id for row in locked.moved})]
    for offer in offers:
        offer.save(update_fields=["held", "sold"])
    tell(offers)
    locked.moved.clear()
