"""Are orders where their rows say they are? Every state is held against payment, parcel, times and refunds; what lots
were told of their parcels against the orders; what went back against the refunds. Recomputed from the rows, set-wise.

For checks and reports, not for pages that people wait for.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from fieldcast.agreements import queries as agreements
from fieldcast.kit.found import Found, found
from fieldcast.live.relations import SESSIONS
from fieldcast.trace import queries as trace
from fieldcast.trade.models import OrderLine

# How far an order has come; those that ended on the way have no place in the row.
_RANK = """
CASE o.state WHEN 'reserved' THEN 0 WHEN 'paid' THEN 1 WHEN 'packed' THEN 2 WHEN 'shipped' THEN 3
  WHEN 'received' THEN 4 WHEN 'closed' THEN 5 END
"""
_ORDERS = f"""
WITH terms AS (
  SELECT * FROM unnest(%(versions)s::bigint[], %(seconds)s::bigint[]) AS t (version_id, seconds)
), lines AS (
  SELECT l.order_id, sum(l.total_fen) AS fen, max(t.seconds) AS seconds,
    bool_or((f.session_id, f.lot_id, f.agreement_version_id, f.pack_units)
      IS DISTINCT FROM (b.session_id, l.lot_id, l.agreement_version_id, l.pack_units)) AS strange
  FROM trade_orderline l JOIN trade_order b ON b.id = l.order_id JOIN trade_offer f ON f.id = l.offer_id
  LEFT JOIN terms t ON t.version_id = l.agreement_version_id
  GROUP BY l.order_id
), orders AS (
  SELECT o.*, {_RANK} AS rank, s.cooperative_id, s.county_id AS of_county
  FROM trade_order o LEFT JOIN ({SESSIONS}) s ON s.session_id = o.session_id
)
SELECT number, state, wrong FROM (
  SELECT o.number, o.state, array_remove(ARRAY[
    CASE WHEN l.fen IS DISTINCT FROM o.total_fen THEN 'total' END,
    CASE WHEN coalesce(l.strange, true) THEN 'offer' END,
    CASE WHEN (o.seller_id, o.county_id) IS DISTINCT FROM (o.cooperative_id, o.of_county) THEN 'seller' END,
    CASE WHEN p.amount_fen <> o.total_fen THEN 'payment''s amount' END,
    CASE WHEN (o.rank >= 1 OR o.state = 'refunded') AND p.paid_at IS NULL
           OR o.state = 'reserved' AND p.paid_at IS NOT NULL THEN 'payment' END,
    CASE WHEN (o.paid_at IS NOT NULL) <> coalesce(o.rank >= 1, o.state = 'refunded') THEN 'paid at' END,
    CASE WHEN (o.packed_at IS NOT NULL) <> coalesce(o.rank >= 2, o.state = 'refunded' AND o.packed_at IS NOT NULL)
         THEN 'packed at' END,
    CASE WHEN (o.shipped_at IS NOT NULL) <> coalesce(o.rank >= 3, false) THEN 'shipped at' END,
    CASE WHEN s.shipped_at IS DISTINCT FROM o.shipped_at THEN 'parcel' END,
    CASE WHEN (o.received_at IS NOT NULL) <> coalesce(o.rank >= 4, false) THEN 'received at' END,
    CASE WHEN s.delivered_at IS DISTINCT FROM o.received_at THEN 'parcel''s delivery' END,
    CASE WHEN o.after_sale_until IS DISTINCT FROM o.received_at + make_interval(secs => l.seconds)
         THEN 'after-sale window' END,
    CASE WHEN (o.closed_at IS NOT NULL) <> coalesce(o.rank = 5, false) OR o.closed_at < o.after_sale_until
         THEN 'closed at' END,
    CASE WHEN (o.ended_at IS NOT NULL) <> (o.rank IS NULL) THEN 'ended at' END
  ], NULL) AS wrong
  FROM orders o
  LEFT JOIN lines l ON l.order_id = o.id
  LEFT JOIN trade_payment p ON p.order_id = o.id
  LEFT JOIN trade_shipment s ON s.order_id = o.id
) judged WHERE wrong <> '{{}}' ORDER BY number
"""
# A part goes back after sale or all of it before shipment, and the lines say how much; what came too late goes back
# whole and is on no line.
_REFUNDS = """
WITH back AS (
  SELECT r.order_id, sum(r.amount_fen) AS fen,
    coalesce(sum(r.amount_fen) FILTER (WHERE r.kind <> 'late_payment'), 0) AS on_lines,
    coalesce(sum(r.amount_fen) FILTER (WHERE p.order_id <> r.order_id OR p.paid_at IS NULL
      OR (r.done_at IS NOT NULL) <> (r.state = 'succeeded')
      OR (o.state = 'closed' AND r.state <> 'succeeded')
      OR NOT CASE r.kind WHEN 'before_shipment' THEN o.state = 'refunded' AND r.amount_fen = o.total_fen
           WHEN 'after_sale' THEN o.state IN ('shipped', 'received', 'closed')
           ELSE o.state IN ('cancelled', 'expired') AND r.amount_fen = p.amount_fen END), 0) AS misplaced
  FROM trade_refund r JOIN trade_order o ON o.id = r.order_id JOIN trade_payment p ON p.id = r.payment_id
  GROUP BY r.order_id
), lines AS (
  SELECT order_id, sum(refunded_fen) AS fen FROM trade_orderline GROUP BY order_id
)
SELECT number, off FROM (
  SELECT o.number, abs(coalesce(l.fen, 0) - coalesce(b.on_lines, 0)) + coalesce(b.misplaced, 0)
    + greatest(0, coalesce(b.fen, 0) - coalesce(p.amount_fen, 0)) AS off
  FROM trade_order o
  LEFT JOIN lines l ON l.order_id = o.id
  LEFT JOIN back b ON b.order_id = o.id
  LEFT JOIN trade_payment p ON p.order_id = o.id AND p.paid_at IS NOT NULL
) judged WHERE off <> 0 ORDER BY number
"""
_STEPS = """
SELECT lot_id, kind, sum(parcels)::bigint, sum(units)::bigint FROM (
  SELECT l.lot_id, step.kind, 1 AS parcels, l.units * l.pack_units AS units
  FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
  CROSS JOIN LATERAL (VALUES ('packed', o.packed_at), ('shipped', o.shipped_at), ('received', o.received_at))
    AS step (kind, at)
  WHERE step.at IS NOT NULL
  UNION ALL SELECT lot_id, kind, -1, -units FROM trade_parcelstep
) steps GROUP BY lot_id, kind
"""


def wrong_orders() -> Found:
    """How many orders stand in a state that their payment, parcel, times, terms or session do not bear out."""
    seconds = {
        version.id: version.terms.after_sale_seconds
        for version in agreements.versions(ids=set(_versions_sold_under())).values()
    }
    rows = _rows(_ORDERS, {"versions": list(seconds), "seconds": list(seconds.values())})
    return found(
        "order", [(f"{number} is {state}, but {', '.join(wrong)}", 1) for number, state, wrong in rows]
    )


def wrong_refunds() -> Found:
    """Fen by which what order lines say went back differs from their refunds, or that no order can have given back."""
    return found("refunds", [(f"{number}: {off} fen", int(off)) for number, off in _rows(_REFUNDS)])


def untold_parcels() -> Found:
    """How many lots' histories and waiting steps differ from what their orders went through, by step."""
    told = trace.parcels_told()
    due = {(lot_id, kind): (int(parcels), int(units)) for lot_id, kind, parcels, units in _rows(_STEPS)}
    wrong = sorted(key for key in told.keys() | due.keys() if told.get(key, (0, 0)) != due.get(key, (0, 0)))
    return found("parcels", [(f"lot {lot_id}, {kind}", 1) for lot_id, kind in wrong])


def _versions_sold_under() -> Sequence[int]:
    return list(OrderLine.objects.order_by().values_list("agreement_version_id", flat=True).distinct())


def _rows(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
