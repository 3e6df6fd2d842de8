"""Do the units add up? Recomputed from rows alone — order lines and their orders' states, reservations, write-offs —
and compared with the counters; what was sent in exchange counts as sold, what came back no more once it is
said what became of it. Whoever changes a counter, a reservation or a
state behind the product's back is found, also when the database's own checks were switched off.

It walks every row: for checks and reports, not for pages that people wait for.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from fieldcast.trade.orders.types import SOLD
from fieldcast.trade.stock.types import StockImbalance

# What order lines say that each offer has given away, whatever its counters and reservations say.
_OFFERS = """
SELECT o.id, o.lot_id, o.pack_units, o.packs, o.held, o.sold,
  coalesce(sum(l.packs) FILTER (WHERE b.state = 'reserved'), 0) AS held_rows,
  coalesce(sum(l.packs) FILTER (WHERE b.state = ANY (%(sold)s)), 0) AS sold_rows
FROM trade_offer o
LEFT JOIN trade_orderline l ON l.offer_id = o.id
LEFT JOIN trade_order b ON b.id = l.order_id
WHERE %(county)s::bigint IS NULL OR o.county_id = %(county)s
GROUP BY o.id
"""
_LOTS = """
WITH lines AS (
  SELECT l.lot_id,
    sum(l.packs * l.pack_units) FILTER (WHERE b.state = 'reserved') AS reserved,
    sum(l.packs * l.pack_units) FILTER (WHERE b.state = ANY (%(sold)s)) AS sold
  FROM trade_orderline l JOIN trade_order b ON b.id = l.order_id GROUP BY l.lot_id
), sent AS (
  SELECT lot_id, sum(units) AS units FROM trade_replacement GROUP BY lot_id
), back AS (
  SELECT lot_id, sum(put_back + written_off) AS units FROM trade_returnedgoods GROUP BY lot_id
), lost AS (
  SELECT lot_id, sum(units) AS units, sum(units) FILTER (WHERE into_id IS NOT NULL) AS moved
  FROM trade_writeoff GROUP BY lot_id
), given AS (
  SELECT o.lot_id, sum((o.packs - coalesce(taken.packs, 0)) * o.pack_units) AS units
  FROM trade_offer o
  LEFT JOIN (
    SELECT l.offer_id, sum(l.packs) AS packs
    FROM trade_orderline l JOIN trade_order b ON b.id = l.order_id
    WHERE b.state = 'reserved' OR b.state = ANY (%(sold)s) GROUP BY l.offer_id
  ) taken ON taken.offer_id = o.id
  WHERE o.state = 'open' GROUP BY o.lot_id
)
SELECT lot.id, lot.quantity,
  coalesce(s.harvested, lot.quantity), coalesce(s.on_hand, lot.quantity), coalesce(s.allocated, 0),
  coalesce(s.reserved, 0), coalesce(s.sold, 0), coalesce(s.written_off, 0),
  coalesce(s.moved, 0), coalesce(lost.moved, 0),
  coalesce(lines.reserved, 0), coalesce(lines.sold, 0) + coalesce(sent.units, 0) - coalesce(back.units, 0),
  coalesce(lost.units, 0), coalesce(given.units, 0)
FROM catalog_lot lot
LEFT JOIN trade_lotstock s ON s.lot_id = lot.id
LEFT JOIN lines ON lines.lot_id = lot.id
LEFT JOIN sent ON sent.lot_id = lot.id
LEFT JOIN back ON back.lot_id = lot.id
LEFT JOIN lost ON lost.lot_id = lot.id
LEFT JOIN given ON given.lot_id = lot.id
WHERE (%(county)s::bigint IS NULL OR lot.county_id = %(county)s)
  AND coalesce(s.lot_id, lines.lot_id, lost.lot_id, given.lot_id) IS NOT NULL
"""
# A reservation says the same as its line and its order, or units are promised that nobody ordered.
_RESERVATIONS = """
SELECT l.lot_id, l.offer_id, l.id, l.packs * l.pack_units, coalesce(r.lot_units, 0), b.state, coalesce(r.state, 'none')
FROM trade_orderline l
JOIN trade_order b ON b.id = l.order_id
LEFT JOIN trade_reservation r ON r.line_id = l.id
WHERE (%(county)s::bigint IS NULL OR b.county_id = %(county)s)
  AND (r.line_id IS NULL OR (r.offer_id, r.lot_id, r.packs, r.lot_units, r.buyer_id)
         IS DISTINCT FROM (l.offer_id, l.lot_id, l.packs, l.packs * l.pack_units, b.buyer_id)
       OR r.state <> CASE WHEN b.state = 'reserved' THEN 'held' WHEN b.state = ANY (%(sold)s) THEN 'sold'
                          ELSE 'released' END)
"""


def stock_imbalance(*, county_id: int | None) -> StockImbalance:
    """What is wrong with the units of a county's lots and offers, or of all.

    `units`: lot units by which counters and reservations differ from the rows. `oversold`: lot units that buyers hold
    or have bought beyond what their offers or lots had.
    """
    details: list[Mapping[str, Any]] = []
    oversold_offers: dict[int, int] = {}
    for offer in _rows(_OFFERS, county_id):
        details += _offer_details(offer)
        id_, _, pack_units, packs, *_, held_rows, sold_rows = offer
        if held_rows + sold_rows > packs:
            oversold_offers[id_] = (held_rows + sold_rows - packs) * pack_units
    oversold_lots: dict[int, int] = {}
    for lot in _rows(_LOTS, county_id):
        details += _lot_details(lot)
        id_, quantity, *_, reserved, sold, lost, _ = lot
        if reserved + sold + lost > quantity:
            oversold_lots[id_] = reserved + sold + lost - quantity
    details += [_reservation_detail(row) for row in _rows(_RESERVATIONS, county_id)]
    return StockImbalance(
        units=sum(int(detail["units"]) for detail in details),
        lots=tuple(sorted({int(detail["lot"]) for detail in details} | set(oversold_lots))),
        oversold=sum(oversold_offers.values()) + sum(oversold_lots.values()),
        offers=tuple(sorted({int(d["offer"]) for d in details if "offer" in d} | set(oversold_offers))),
        details=tuple(details),
    )


def _offer_details(offer: Sequence[Any]) -> list[Mapping[str, Any]]:
    id_, lot_id, pack_units, _, held, sold, held_rows, sold_rows = (int(value) for value in offer)
    figures = {"offer_held": (held, held_rows), "offer_sold": (sold, sold_rows)}
    return [
        {
            "lot": lot_id,
            "offer": id_,
            "what": what,
            "counter": counter,
            "rows": rows,
            "units": abs(counter - rows) * pack_units,
        }
        for what, (counter, rows) in figures.items()
        if counter != rows
    ]


def _lot_details(lot: Sequence[Any]) -> list[Mapping[str, Any]]:
    id_, quantity, harvested, on_hand, allocated, *rest = (int(value) for value in lot)
    reserved, sold, written_off, moved, moved_rows, reserved_rows, sold_rows, lost_rows, allocated_rows = rest
    figures = {
        "harvested": (harvested, quantity),
        "on_hand": (on_hand, quantity - reserved_rows - sold_rows - lost_rows),
        "allocated": (allocated, allocated_rows),
        "reserved": (reserved, reserved_rows),
        "sold": (sold, sold_rows),
        "written_off": (written_off, lost_rows),
        "moved": (moved, moved_rows),
    }
    return [
        {"lot": id_, "what": what, "counter": counter, "rows": rows, "units": abs(counter - rows)}
        for what, (counter, rows) in figures.items()
        if counter != rows
    ]


def _reservation_detail(row: Sequence[Any]) -> Mapping[str, Any]:
    lot_id, offer_id, line_id, ordered, reserved, order, state = row
    return {
        "lot": lot_id,
        "offer": offer_id,
        "line": line_id,
        "what": f"reservation {state} of an order {order}",
        "counter": reserved,
        "rows": ordered,
        "units": max(ordered, reserved),
    }


def _rows(statement: str, county_id: int | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"sold": list(SOLD), "county": county_id})
        return list(cursor.fetchall())
