"""What rooms above may compare their own rows with, set-wise, without naming the book's tables: each is a SELECT to
stand in parentheses in a statement of theirs.
"""

from typing import Final

SIDES: Final = """
SELECT t.client_id, t.kind, t.reference, a.party, a.purpose, p.amount_fen AS fen
FROM ledger_posting p JOIN ledger_transfer t ON t.id = p.transfer_id JOIN ledger_account a ON a.id = p.account_id
"""
# Transfers after an id, and those with a posting after one: numbers to put in for `{transfer}` and `{posting}`.
NEW: Final = """
SELECT id, client_id FROM ledger_transfer WHERE id > {transfer}
UNION SELECT t.id, t.client_id
FROM ledger_posting p JOIN ledger_transfer t ON t.id = p.transfer_id WHERE p.id > {posting}
"""
# Of accounts that keep a balance: those of the world outside are not among them.
BALANCES: Final = (
    "SELECT party, purpose, balance_fen AS fen, held_fen FROM ledger_account WHERE purpose <> 'world'"
)
HOLDS: Final = """
SELECT h.client_id, a.party, a.purpose, h.amount_fen AS fen, h.released_at IS NOT NULL AS released,
  coalesce(t.client_id, '') AS captured_by
FROM ledger_hold h JOIN ledger_account a ON a.id = h.account_id LEFT JOIN ledger_transfer t ON t.id = h.captured_by_id
"""
