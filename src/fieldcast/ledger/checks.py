"""Does the book add up? Read from every posting, or from what is new since a reading that found nothing wrong.

Postings and transfers never change, so what was right stays right. What was read before is known by its sums: what is
new is added to them, and the balances of today have to be what that comes to.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection

from fieldcast.kit import sql
from fieldcast.ledger.types import NEGATIVE_PURPOSES, SUMMED_PURPOSES, BookRead, Imbalance

TABLES: Final = ("ledger_posting", "ledger_transfer")

_EVERY_TRANSFER: Final = """
SELECT count(p.id) AS sides, coalesce(sum(p.amount_fen), 0) AS fen
FROM ledger_transfer t FULL JOIN ledger_posting p ON p.transfer_id = t.id
GROUP BY coalesce(t.id, p.transfer_id)
"""
# As wholes: an older transfer with a new posting is among them, and so is a new one of which a part was read before.
_NEW_TRANSFERS: Final = """
SELECT count(p.id) AS sides, coalesce(sum(p.amount_fen), 0) AS fen
FROM (
  SELECT id FROM ledger_transfer WHERE id > %(transfer)s
  UNION SELECT transfer_id FROM ledger_posting WHERE id > %(posting)s
) t LEFT JOIN ledger_posting p ON p.transfer_id = t.id
GROUP BY t.id
"""
_EVERY_POSTING: Final = "SELECT account_id, amount_fen FROM ledger_posting"
_NEW_POSTINGS: Final = """
SELECT account_id, amount_fen FROM ledger_posting WHERE id > %(posting)s
UNION ALL
SELECT account_id, amount_fen FROM unnest(%(accounts)s::bigint[], %(sums)s::bigint[]) AS read (account_id, amount_fen)
"""
# What an account lacks is read from its purpose, its postings and its holds, not only from its own flag and balance,
# which could have been changed with the triggers off.
_IMBALANCE: Final = """
WITH by_transfer AS ({transfers}), compared AS (
  SELECT coalesce(a.purpose, '') AS purpose, coalesce(a.held_fen, 0) AS said_held,
         coalesce(a.balance_fen, 0)
           + CASE WHEN a.purpose = ANY (%(summed)s) THEN coalesce(p.fen, 0) ELSE 0 END AS said,
         coalesce(p.fen, 0) AS fen, coalesce(h.fen, 0) AS held
  FROM ledger_account a
  FULL JOIN (SELECT account_id, sum(amount_fen) AS fen FROM ({postings}) rows GROUP BY 1) p ON p.account_id = a.id
  LEFT JOIN (SELECT account_id, sum(amount_fen) AS fen FROM ledger_hold WHERE released_at IS NULL GROUP BY 1) h
    ON h.account_id = a.id
), by_account AS (
  SELECT *, CASE WHEN purpose = ANY (%(negative)s) THEN 0
                 ELSE greatest(0, greatest(held, said_held) - least(fen, said)) END AS lacking
  FROM compared
)
SELECT t.total_fen, t.transfers, t.transfers_fen,
       a.drifted, a.drifted_fen, a.held_drifted, a.held_drifted_fen, a.overdrawn, a.overdrawn_fen
FROM (
  SELECT coalesce(sum(fen), 0) AS total_fen, count(*) FILTER (WHERE sides < 2 OR fen <> 0) AS transfers,
         coalesce(sum(abs(fen)), 0) AS transfers_fen
  FROM by_transfer
) t, (
  SELECT count(*) FILTER (WHERE said <> fen) AS drifted, coalesce(sum(abs(said - fen)), 0) AS drifted_fen,
         count(*) FILTER (WHERE said_held <> held) AS held_drifted,
         coalesce(sum(abs(said_held - held)), 0) AS held_drifted_fen,
         count(*) FILTER (WHERE lacking > 0) AS overdrawn, coalesce(sum(lacking), 0) AS overdrawn_fen
  FROM by_account
) a
"""
_SUMS: Final = "SELECT account_id, sum(amount_fen) FROM ledger_posting WHERE id <= %s GROUP BY 1 ORDER BY 1"


def imbalance(*, since: BookRead | None = None) -> Imbalance:
    """What is wrong in the book, see `Imbalance`: by every posting (seconds on millions), or by those since."""
    transfers, postings = (
        (_EVERY_TRANSFER, _EVERY_POSTING) if since is None else (_NEW_TRANSFERS, _NEW_POSTINGS)
    )
    values = {"negative": list(NEGATIVE_PURPOSES), "summed": list(SUMMED_PURPOSES), **_values(since)}
    with connection.cursor() as cursor:
        cursor.execute(_IMBALANCE.format(transfers=transfers, postings=postings), values)
        return Imbalance(*(int(value) for value in cursor.fetchone()))


def read_up_to(*, ids: Mapping[str, int]) -> BookRead:
    """What the book comes to up to these ids of `TABLES`."""
    posting_id, transfer_id = (ids[table] for table in TABLES)
    by_account = {str(account): int(fen) for account, fen in sql.rows(_SUMS, [posting_id])}
    return BookRead(posting_id=posting_id, transfer_id=transfer_id, by_account=by_account)


def _values(since: BookRead | None) -> dict[str, Any]:
    if since is None:
        return {}
    return {
        "posting": since.posting_id,
        "transfer": since.transfer_id,
        "accounts": [int(account) for account in since.by_account],
        "sums": list(since.by_account.values()),
    }
