"""Does every request for money back stand where its steps, its refunds and its order say? Recomputed, set-wise."""

from fieldcast.kit import sql
from fieldcast.kit.found import Found, found

_WRONG = """
WITH last AS (
  SELECT DISTINCT ON (request_id) request_id, state FROM trade_refundrequeststep ORDER BY request_id, id DESC
), wrong AS (
  SELECT s.request_id, bool_or(
    CASE WHEN s.state = 'asked' THEN s.amount_fen <> r.asked_fen OR s.refund_id IS NOT NULL
         WHEN s.state IN ('given', 'upheld', 'granted') OR s.state = 'final' AND s.amount_fen > 0
           THEN (b.order_id, b.amount_fen::bigint) IS DISTINCT FROM (r.order_id, s.amount_fen::bigint)
         ELSE s.amount_fen <> 0 OR s.refund_id IS NOT NULL END) AS money
  FROM trade_refundrequeststep s JOIN trade_refundrequest r ON r.id = s.request_id
  LEFT JOIN trade_refund b ON b.id = s.refund_id
  GROUP BY s.request_id
)
SELECT o.number || ' ' || r.state, 1
FROM trade_refundrequest r JOIN trade_order o ON o.id = r.order_id
LEFT JOIN last l ON l.request_id = r.id LEFT JOIN wrong w ON w.request_id = r.id
WHERE l.state IS DISTINCT FROM r.state OR coalesce(w.money, true)
  OR (r.state IN ('asked', 'agreed', 'sent_back', 'objected', 'appealed')
    AND o.state NOT IN ('paid', 'packed', 'shipped', 'received'))
ORDER BY r.id
"""


def wrong_requests() -> Found:
    """How many requests stand elsewhere than their steps say, gave what no refund gave, or wait though all is over."""
    return found("request for money back", sql.rows(_WRONG))
