"""Does what order lines say went back agree with the refunds? Recomputed from the rows, set-wise."""

from fieldcast.kit import sql
from fieldcast.kit.found import Found, found

# A part goes back after sale or all of it before shipment, and the lines say how much; what came too late goes back
# whole and is on no line.
_REFUNDS = """
WITH back AS (
  SELECT r.order_id, sum(r.amount_fen) AS fen,
    coalesce(sum(r.amount_fen) FILTER (WHERE r.kind <> 'late_payment'), 0) AS on_lines,
    coalesce(sum(r.amount_fen) FILTER (WHERE p.order_id <> r.order_id OR p.paid_at IS NULL
      OR (r.done_at IS NOT NULL) <> (r.state = 'succeeded')
      OR (o.state = 'closed' AND r.kind NOT IN ('late_payment', 'settled') AND r.state <> 'succeeded')
      OR NOT CASE r.kind WHEN 'before_shipment' THEN o.state = 'refunded' AND r.amount_fen = o.total_fen
           WHEN 'after_sale' THEN o.state IN ('shipped', 'received', 'closed')
           WHEN 'settled' THEN o.state = 'closed'
           ELSE r.amount_fen = p.amount_fen AND (o.state IN ('cancelled', 'expired') OR EXISTS (
             SELECT 1 FROM trade_payment other
             WHERE other.order_id = o.id AND other.id <> p.id AND other.paid_at IS NOT NULL))
         END), 0) AS misplaced
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
  LEFT JOIN (
    SELECT order_id, sum(amount_fen) AS amount_fen FROM trade_payment WHERE paid_at IS NOT NULL GROUP BY order_id
  ) p ON p.order_id = o.id
) judged WHERE off <> 0 ORDER BY number
"""


def wrong_refunds() -> Found:
    """Fen by which what order lines say went back differs from their refunds, or that no order can have given back."""
    return found("refunds", [(f"{number}: {off} fen", int(off)) for number, off in sql.rows(_REFUNDS)])
