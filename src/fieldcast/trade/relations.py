"""What rooms above may compare their own rows with, set-wise, without naming trade's tables; and what trade's rows call
for in the book. Each is a SELECT to stand in parentheses in another statement.
"""

from typing import Final

LINES: Final = """
SELECT l.id AS line_id, o.number, o.seller_id, o.session_id, o.county_id, o.state,
  l.total_fen - l.refunded_fen AS net_fen, l.settled_at IS NOT NULL AS settled
FROM trade_orderline l JOIN trade_order o ON o.id = l.order_id
"""
# What stands in a seller's escrow because of trade alone: paid by buyers, less what has gone back to them.
TAKEN_IN: Final = """
SELECT o.seller_id, o.county_id, p.amount_fen AS fen
FROM trade_payment p JOIN trade_order o ON o.id = p.order_id WHERE p.paid_at IS NOT NULL
UNION ALL
SELECT o.seller_id, o.county_id, -r.amount_fen
FROM trade_refund r JOIN trade_order o ON o.id = r.order_id WHERE r.state = 'succeeded'
"""

_PAYMENTS: Final = """
SELECT 'payment:' || p.reference AS client_id, 'payment' AS kind, side.party, side.purpose, side.fen
FROM trade_payment p JOIN trade_order o ON o.id = p.order_id
CROSS JOIN LATERAL (VALUES
  ('outside:' || p.provider, 'world', -p.amount_fen), ('org:' || o.seller_id, 'escrow', p.amount_fen)
) AS side (party, purpose, fen)
WHERE p.paid_at IS NOT NULL
"""
_REFUNDS: Final = """
SELECT 'refund:' || r.reference AS client_id, 'refund' AS kind, side.party, side.purpose, side.fen
FROM trade_refund r JOIN trade_order o ON o.id = r.order_id JOIN trade_payment p ON p.id = r.payment_id
CROSS JOIN LATERAL (VALUES
  ('org:' || o.seller_id, 'escrow', -r.amount_fen), ('outside:' || p.provider, 'world', r.amount_fen)
) AS side (party, purpose, fen)
WHERE r.state = 'succeeded'
"""
# The postings that payments and refunds call for (see `ledger.queries.unbacked`).
POSTINGS: Final = (_PAYMENTS, _REFUNDS)
# A refund keeps its amount aside from the request until it is confirmed (see `ledger.queries.strange_holds`).
HOLDS: Final = (
    """
SELECT 'refund-hold:' || r.reference AS client_id, 'org:' || o.seller_id AS party, 'escrow' AS purpose,
  r.amount_fen::bigint AS fen, r.state = 'succeeded' AS released,
  CASE WHEN r.state = 'succeeded' THEN 'refund:' || r.reference ELSE '' END AS captured_by
FROM trade_refund r JOIN trade_order o ON o.id = r.order_id
""",
)
