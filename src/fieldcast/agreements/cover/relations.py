"""What the cover's rows call for in the book, set-wise, for rooms above that compare: each a SELECT in parentheses."""

from typing import Final

_RECEIVED: Final = """
SELECT m.transfer_client_id AS client_id, m.kind, side.party, side.purpose, side.fen
FROM (
  SELECT *, CASE WHEN kind IN ('deposit_back', 'bond_back') THEN -amount_fen ELSE amount_fen END AS came
  FROM agreements_moneyreceived
) m
CROSS JOIN LATERAL (VALUES ('outside:bank', 'world', -m.came), (m.party, m.purpose, m.came))
  AS side (party, purpose, fen)
"""
# What comes from a fund is owed to it: `advance` and `claims` cancel out, so that cash stays what is in the bank.
_DRAWN: Final = """
SELECT d.transfer_client_id AS client_id, CASE WHEN d.amount_fen > 0 THEN 'cover' ELSE 'repayment' END AS kind,
  side.party, side.purpose, sum(side.fen) AS fen
FROM agreements_draw d
CROSS JOIN LATERAL (VALUES
  ('org:' || d.cooperative_id, 'wallet', d.amount_fen),
  ('org:' || d.cooperative_id, CASE WHEN d.fund_id IS NULL THEN 'deposit' ELSE 'advance' END, -d.amount_fen),
  ('fund:' || d.fund_id, 'fund', -d.amount_fen),
  ('fund:' || d.fund_id, 'claims', d.amount_fen)
) AS side (party, purpose, fen)
WHERE side.party IS NOT NULL
GROUP BY 1, 2, 3, 4
"""
# The postings that money received and draws call for (see `ledger.queries.unbacked`).
POSTINGS: Final = (_RECEIVED, _DRAWN)
