"""Money recomputed from rows: what settlement's rows call for in the book, each seller's escrow, payouts beside their
statements and transfers, settled lines beside their orders, and whether more was paid out than came in.

A kind of transfer is one entry of `POSTINGS`, here or in the room whose rows call for it. A transfer that no entry
explains is found by `ledger.queries.unbacked`, so a new kind is added first.
"""

from typing import Any, Final

from django.db import connection

from fieldcast.kit.found import Found, found
from fieldcast.ledger import relations as ledger_relations
from fieldcast.settlement import paid_in
from fieldcast.settlement.types import StatementsRead
from fieldcast.trade import relations as trade_relations

# Where a party's money is kept, as `shares.purpose_of` says it.
_PURPOSE: Final = """
CASE WHEN {party} = 'platform' THEN 'commission' WHEN {party} LIKE 'pool:%' THEN 'pool'
  WHEN {party} LIKE 'fund:%' THEN 'fund' ELSE 'wallet' END
""".strip()
# What each run shared out, by seller: the sums of the shares, not of the statements.
_SHARES: Final = f"""
SELECT 'settle:' || s.run_key || ':' || s.session_id || ':org:' || l.seller_id AS client_id,
  'org:' || l.seller_id AS seller, s.party, s.role, sum(n.amount_fen) AS fen
FROM settlement_statementline n JOIN ({{statements}}) s ON s.id = n.statement_id
JOIN ({trade_relations.LINES}) l ON l.line_id = n.order_line_id
GROUP BY 1, 2, 3, 4
"""
_SETTLEMENTS: Final = f"""
SELECT client_id, 'settlement' AS kind, party,
  {_PURPOSE.format(party="party")} AS purpose, fen
FROM ({_SHARES}) shared
UNION ALL
SELECT client_id, 'settlement', seller, 'escrow', -sum(fen) FROM ({_SHARES}) shared GROUP BY client_id, seller
"""
# Runs as wholes, of a session each: with a new statement, a new line of an old one, or a new posting.
_NEW_RUNS: Final = f"""
SELECT session_id, run_key FROM settlement_statement WHERE id > {{statement}} AND session_id IS NOT NULL
UNION SELECT s.session_id, s.run_key
FROM settlement_statementline n JOIN settlement_statement s ON s.id = n.statement_id
WHERE n.id > {{line}} AND s.session_id IS NOT NULL
UNION SELECT CASE WHEN client_id ~ '{{named}}' THEN split_part(client_id, ':', 3)::bigint END,
  split_part(client_id, ':', 2)
FROM ({ledger_relations.NEW}) new WHERE client_id ~ '{{named}}'
"""
_NAMED: Final = "^settle:[^:]+:[0-9]{1,18}:org:[0-9]+$"  # how a run's transfer is named, and no other one
_OF_NEW_RUNS: Final = """
SELECT s.* FROM settlement_statement s JOIN ({runs}) new USING (session_id, run_key)
"""
# All that moved but for what earlier runs shared out.
_MOVED_SINCE: Final = f"""
SELECT * FROM ({ledger_relations.SIDES}) sides
WHERE kind <> 'settlement' OR client_id !~ '{{named}}'
  OR (split_part(client_id, ':', 3), split_part(client_id, ':', 2)) IN
    (SELECT session_id::text, run_key FROM ({{runs}}) runs)
"""
# A sheet moves what there was; the rest it writes down as owed, so that both together are what its statements say.
_OWED: Final = """
SELECT u.transfer_client_id AS client_id, side.party, side.purpose, side.fen FROM settlement_due u
CROSS JOIN LATERAL (VALUES (u.debtor, 'debt', -u.amount_fen), (u.creditor, 'credit', u.amount_fen))
  AS side (party, purpose, fen)
"""
_SHEETS: Final = f"""
SELECT client_id, 'settlement' AS kind, party, purpose, sum(fen) AS fen FROM (
  SELECT 'sheet:' || s.sheet_id AS client_id, s.party,
    {_PURPOSE.format(party="s.party")} AS purpose,
    s.total_fen AS fen
  FROM settlement_statement s WHERE s.sheet_id IS NOT NULL
  UNION ALL
  SELECT client_id, party, purpose, fen FROM ({_OWED}) owed WHERE client_id LIKE 'sheet:%'
  UNION ALL
  SELECT client_id, party,
    {_PURPOSE.format(party="party")}, -fen
  FROM ({_OWED}) owed WHERE client_id LIKE 'sheet:%'
) sides GROUP BY client_id, party, purpose HAVING sum(fen) <> 0
"""
# What was paid out too much before a refund, and what is paid early, comes from a fund, which is owed it.
_ADVANCES: Final = f"""
SELECT client_id, 'advance' AS kind, party, purpose, sum(fen) AS fen FROM (
  SELECT client_id, party, purpose, fen FROM ({_OWED}) owed WHERE client_id LIKE 'advance:%'
  UNION ALL
  SELECT u.transfer_client_id, side.party, {_PURPOSE.format(party="side.party")}, side.fen FROM settlement_due u
  CROSS JOIN LATERAL (VALUES (u.creditor, -u.amount_fen), (u.debtor, u.amount_fen)) AS side (party, fen)
  WHERE u.cause IN ('refund', 'early')
) sides GROUP BY client_id, party, purpose HAVING sum(fen) <> 0
"""
_DUES_PAID: Final = f"""
SELECT client_id, 'due' AS kind, party, purpose, sum(fen) AS fen FROM (
  SELECT n.transfer_client_id AS client_id, side.party,
    CASE WHEN side.purpose <> 'wallet' THEN side.purpose ELSE {_PURPOSE.format(party="side.party")} END AS purpose,
    side.fen
  FROM settlement_duepart n JOIN settlement_due u ON u.id = n.due_id
  CROSS JOIN LATERAL (VALUES
    (u.debtor, 'wallet', -n.amount_fen), (u.debtor, 'debt', n.amount_fen),
    (u.creditor, 'credit', -n.amount_fen), (u.creditor, 'wallet', n.amount_fen)
  ) AS side (party, purpose, fen)
) sides GROUP BY client_id, party, purpose HAVING sum(fen) <> 0
"""
_PAYOUTS: Final = """
SELECT p.transfer_client_id AS client_id, 'payout' AS kind, side.party, side.purpose, side.fen
FROM settlement_payout p
CROSS JOIN LATERAL (VALUES (p.party, 'wallet', -p.amount_fen), ('outside:bank', 'world', p.amount_fen))
  AS side (party, purpose, fen)
"""
# What the bank returned is in the wallet again.
_RETURNS: Final = """
SELECT 'payout-back:' || p.id AS client_id, 'payout_back' AS kind, side.party, side.purpose, side.fen
FROM settlement_payout p
CROSS JOIN LATERAL (VALUES ('outside:bank', 'world', -p.amount_fen), (p.party, 'wallet', p.amount_fen))
  AS side (party, purpose, fen)
WHERE p.state = 'returned'
"""
_OTHERS: Final = (_SHEETS, _ADVANCES, _DUES_PAID, _PAYOUTS, _RETURNS)
POSTINGS: Final = (_SETTLEMENTS.format(statements="TABLE settlement_statement"), *_OTHERS)

_ESCROW: Final = f"""
SELECT party, sum(fen) FROM (
  SELECT 'org:' || seller_id AS party, fen FROM ({trade_relations.TAKEN_IN}) taken
  UNION ALL
  SELECT 'org:' || l.seller_id, -d.net_fen
  FROM settlement_settledline d JOIN ({trade_relations.LINES}) l ON l.line_id = d.order_line_id
  UNION ALL
  SELECT 'org:' || l.seller_id, c.amount_fen
  FROM settlement_correction c JOIN ({trade_relations.LINES}) l ON l.line_id = c.order_line_id
  UNION ALL
  SELECT party, -fen FROM ({ledger_relations.BALANCES}) accounts WHERE purpose = 'escrow'
) due GROUP BY party HAVING sum(fen) <> 0 ORDER BY party
"""
# What came of dues has no statement: its transfer says of which, and the creditor gets no more of it than was kept.
# What is paid early comes to what its party owes for it, and once more goes no more than the bank returned.
_WRONG_PAYOUTS: Final = f"""
SELECT coalesce(p.number, t.client_id), abs(coalesce(p.amount_fen, 0) - coalesce(t.fen, 0))
  + CASE WHEN p.party IS DISTINCT FROM p.of_party OR p.of_party = 'platform'
           OR p.transfer_client_id <> 'payout:' || p.number
         THEN p.amount_fen ELSE 0 END
  + greatest(0, p.amount_fen - p.total_fen) AS off
FROM (
  SELECT p.transfer_client_id, p.amount_fen, p.party, s.number, s.party AS of_party, s.total_fen
  FROM settlement_payout p JOIN settlement_statement s ON s.id = p.statement_id
  UNION ALL
  SELECT p.transfer_client_id, p.amount_fen, p.party, substr(p.transfer_client_id, 8), u.creditor, n.amount_fen
  FROM settlement_payout p
  LEFT JOIN settlement_duepart n
    ON p.transfer_client_id = 'payout:due:' || n.due_id || ':' || substr(n.transfer_client_id, 5)
  LEFT JOIN settlement_due u ON u.id = n.due_id
  WHERE p.statement_id IS NULL AND p.again_of_id IS NULL AND p.transfer_client_id NOT LIKE 'payout:early:%'
  UNION ALL
  SELECT p.transfer_client_id, p.amount_fen, p.party, substr(p.transfer_client_id, 8), u.debtor, u.fen
  FROM settlement_payout p LEFT JOIN (
    SELECT transfer_client_id, debtor, sum(amount_fen) AS fen FROM settlement_due
    WHERE cause = 'early' GROUP BY transfer_client_id, debtor
  ) u ON p.transfer_client_id = 'payout:early:' || substr(u.transfer_client_id, 9) || ':' || u.debtor
  WHERE p.transfer_client_id LIKE 'payout:early:%'
  UNION ALL
  SELECT p.transfer_client_id, p.amount_fen, p.party, substr(p.transfer_client_id, 8), o.party,
    CASE WHEN o.state = 'returned' AND p.transfer_client_id = 'payout:again:' || o.id THEN o.amount_fen ELSE 0 END
  FROM settlement_payout p JOIN settlement_payout o ON o.id = p.again_of_id
) p
FULL JOIN (
  SELECT client_id, sum(fen) AS fen FROM ({ledger_relations.SIDES}) sides
  WHERE party = 'outside:bank' AND kind = 'payout' GROUP BY client_id
) t ON t.client_id = p.transfer_client_id
"""
_WRONG_SETTLED: Final = f"""
SELECT l.number, l.state
FROM ({trade_relations.LINES}) l LEFT JOIN settlement_settledline d ON d.order_line_id = l.line_id
LEFT JOIN (
  SELECT order_line_id, sum(amount_fen) AS fen FROM settlement_correction GROUP BY order_line_id
) c ON c.order_line_id = l.line_id
WHERE l.settled <> (d.order_line_id IS NOT NULL)
  OR d.order_line_id IS NOT NULL AND (l.state <> 'closed' OR l.net_fen <> d.net_fen - coalesce(c.fen, 0))
ORDER BY l.number
"""


def postings(*, since: StatementsRead | None) -> tuple[str, ...]:
    """What settlement's rows call for in the book: all of it, or without what runs before `since` shared out."""
    if since is None:
        return POSTINGS
    return (_SETTLEMENTS.format(statements=_OF_NEW_RUNS.format(runs=_new_runs(since))), *_OTHERS)


def moved(*, since: StatementsRead | None) -> str:
    """The part of the book that `postings` is compared with, as a SELECT."""
    if since is None:
        return ledger_relations.SIDES
    return _MOVED_SINCE.format(named=_NAMED, runs=_new_runs(since))


def _new_runs(since: StatementsRead) -> str:
    return _NEW_RUNS.format(
        statement=since.statement_id,
        line=since.line_id,
        posting=since.posting_id,
        transfer=since.transfer_id,
        named=_NAMED,
    )


def wrong_escrow() -> Found:
    """Fen by which sellers' escrow differs from what buyers paid, less what went back, less what was settled."""
    return _fen("escrow", _ESCROW)


def wrong_payouts() -> Found:
    """Fen of payouts that are not their statement's, or not what their transfer took to the bank."""
    return _fen("payout", f"SELECT * FROM ({_WRONG_PAYOUTS}) p (name, off) WHERE off <> 0 ORDER BY name")


def wrong_settled_lines() -> Found:
    """How many lines are settled for an order that is not closed, or with another sum than was kept of it; or are
    marked as settled without having been, which would keep them from it for ever.
    """
    return found(
        "settled line", [(f"order {number} is {state}", 1) for number, state in _rows(_WRONG_SETTLED)]
    )


def paid_out_beyond_paid_in() -> Found:
    """Fen that payouts of sellers' sales took out of the platform beyond what those sales and their cover brought."""
    return found("paid out beyond what came in", paid_in.over_by_seller())


def _fen(what: str, statement: str) -> Found:
    return found(what, [(f"{name}: {int(fen):+d} fen", abs(int(fen))) for name, fen in _rows(statement)])


def _rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
