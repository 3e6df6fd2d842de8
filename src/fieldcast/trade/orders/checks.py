"""Are orders where their rows say they are? Every state is held against payment, parcel, times, terms and session,
recomputed from the rows, set-wise; and the functions that decide about orders against their files.

For checks and reports, not for pages that people wait for.
"""

from collections.abc import Sequence

from django.apps import apps

from fieldcast.agreements import queries as agreements
from fieldcast.kit import sql
from fieldcast.kit.found import Found, found
from fieldcast.live.relations import SESSIONS
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
), payments AS (
  SELECT p.order_id, count(p.paid_at) AS paid, bool_or(p.amount_fen <> b.total_fen) AS strange
  FROM trade_payment p JOIN trade_order b ON b.id = p.order_id GROUP BY p.order_id
), orders AS (
  SELECT o.*, {_RANK} AS rank, s.cooperative_id, s.county_id AS of_county
  FROM trade_order o LEFT JOIN ({SESSIONS}) s ON s.session_id = o.session_id
)
SELECT number, state, wrong FROM (
  SELECT o.number, o.state, array_remove(ARRAY[
    CASE WHEN l.fen IS DISTINCT FROM o.total_fen THEN 'total' END,
    CASE WHEN coalesce(l.strange, true) THEN 'offer' END,
    CASE WHEN (o.seller_id, o.county_id) IS DISTINCT FROM (o.cooperative_id, o.of_county) THEN 'seller' END,
    CASE WHEN p.strange THEN 'payment''s amount' END,
    CASE WHEN (o.rank >= 1 OR o.state = 'refunded') AND coalesce(p.paid, 0) = 0
           OR o.state = 'reserved' AND p.paid > 0 THEN 'payment' END,
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
  LEFT JOIN payments p ON p.order_id = o.id
  LEFT JOIN trade_shipment s ON s.order_id = o.id
) judged WHERE wrong <> '{{}}' ORDER BY number
"""

# What the order itself says of when it came where, beside the rows that say so too.
_STEPS = """
WITH due AS (
  SELECT o.id AS order_id, step.state, step.at, step.by_id
  FROM trade_order o CROSS JOIN LATERAL (VALUES
    ('reserved', o.placed_at, o.buyer_id), ('paid', o.paid_at, NULL), ('packed', o.packed_at, NULL),
    ('shipped', o.shipped_at, NULL), ('received', o.received_at, NULL), ('closed', o.closed_at, NULL),
    (CASE WHEN o.state IN ('cancelled', 'expired', 'refunded') THEN o.state ELSE 'ended' END, o.ended_at,
      CASE o.state WHEN 'cancelled' THEN o.buyer_id END)
  ) AS step (state, at, by_id)
  WHERE step.at IS NOT NULL
)
SELECT o.number, coalesce(due.state, said.state)
FROM due FULL JOIN trade_orderstep said ON said.order_id = due.order_id AND said.state = due.state
JOIN trade_order o ON o.id = coalesce(due.order_id, said.order_id)
WHERE due.at IS DISTINCT FROM said.at OR (due.by_id IS NOT NULL AND due.by_id IS DISTINCT FROM said.by_id)
ORDER BY o.id, coalesce(due.at, said.at)
"""


def wrong_orders() -> Found:
    """How many orders stand in a state that their payment, parcel, times, terms or session do not bear out."""
    seconds = {
        version.id: version.terms.after_sale_seconds
        for version in agreements.versions(ids=set(_versions_sold_under())).values()
    }
    rows = sql.rows(_ORDERS, {"versions": list(seconds), "seconds": list(seconds.values())})
    return found(
        "order", [(f"{number} is {state}, but {', '.join(wrong)}", 1) for number, state, wrong in rows]
    )


def wrong_steps() -> Found:
    """How many steps of orders are missing, or there without the order having gone them, or at another time."""
    return found("order's step", [(f"{number} {state}", 1) for number, state in sql.rows(_STEPS)])


def _versions_sold_under() -> Sequence[int]:
    return list(OrderLine.objects.order_by().values_list("agreement_version_id", flat=True).distinct())


def wrong_functions() -> Found:
    """How many of trade's functions in the database are not those of `trade/sql`."""
    differing = sql.differing_functions(sql.function_files(apps.get_app_config("trade")))
    return found("function", [(f"{file.name} is not what {file.source} says", 1) for file in differing])
