"""What the rows of bonds call for in the book, set-wise, for rooms above that compare: each a SELECT in parentheses.

Money against bank slips is among the cover's rows, and called for there.
"""

from typing import Final

_KEPT: Final = """
SELECT 'bond_kept:' || k.reference || ':' || k.agreement_id AS client_id, 'bond_kept' AS kind,
  side.party, side.purpose, side.fen
FROM agreements_bondkept k
CROSS JOIN LATERAL (VALUES
  ('org:' || k.organisation_id, 'wallet', -k.amount_fen),
  ('bond:' || k.agreement_id || '.' || k.organisation_id, 'bond', k.amount_fen)
) AS side (party, purpose, fen)
"""
# What is not there in cash is owed, by the payer or by banks: `owed` and `due` cancel out.
_CONFIRMED: Final = """
SELECT 'penalty:' || p.id AS client_id, 'penalty' AS kind, side.party, side.purpose, side.fen
FROM agreements_penalty p
LEFT JOIN (SELECT penalty_id, sum(amount_fen) AS fen FROM agreements_lettercall GROUP BY 1) c ON c.penalty_id = p.id
CROSS JOIN LATERAL (VALUES
  ('bond:' || p.agreement_id || '.' || p.payer_id, 'bond', -p.cash_fen),
  ('org:' || p.receiver_id, 'wallet', p.cash_fen),
  ('bond:' || p.agreement_id || '.' || p.payer_id, 'owed', p.cash_fen + coalesce(c.fen, 0) - p.amount_fen),
  ('org:' || p.receiver_id, 'due', p.amount_fen - p.cash_fen)
) AS side (party, purpose, fen)
UNION ALL
SELECT 'penalty:' || penalty_id, 'penalty', 'letter:' || letter_id, 'owed', -amount_fen FROM agreements_lettercall
"""
_PAID: Final = """
SELECT 'penalty_paid:' || d.id AS client_id, 'penalty_paid' AS kind, side.party, side.purpose, side.fen
FROM agreements_penaltypaid d JOIN agreements_penalty p ON p.id = d.penalty_id
LEFT JOIN agreements_lettercall c ON c.id = d.call_id
CROSS JOIN LATERAL (VALUES
  (CASE WHEN d.from_wallet THEN 'org:' || p.payer_id ELSE 'bond:' || p.agreement_id || '.' || p.payer_id END,
   CASE WHEN d.from_wallet THEN 'wallet' ELSE 'bond' END, -d.amount_fen),
  ('org:' || p.receiver_id, 'wallet', d.amount_fen),
  (coalesce('letter:' || c.letter_id, 'bond:' || p.agreement_id || '.' || p.payer_id), 'owed', d.amount_fen),
  ('org:' || p.receiver_id, 'due', -d.amount_fen)
) AS side (party, purpose, fen)
"""
_OUT: Final = """
SELECT o.client_id, 'penalty_out' AS kind, side.party, side.purpose, side.fen
FROM (
  SELECT 'penalty_out:' || id AS client_id, receiver_id, cash_fen AS fen FROM agreements_penalty WHERE cash_fen > 0
  UNION ALL
  SELECT 'penalty_paid_out:' || d.id, p.receiver_id, d.amount_fen
  FROM agreements_penaltypaid d JOIN agreements_penalty p ON p.id = d.penalty_id
) o
CROSS JOIN LATERAL (VALUES ('org:' || o.receiver_id, 'wallet', -o.fen), ('outside:bank', 'world', o.fen))
  AS side (party, purpose, fen)
"""
# The postings that bonds and penalties call for (see `ledger.queries.unbacked`).
POSTINGS: Final = (_KEPT, _CONFIRMED, _PAID, _OUT)
