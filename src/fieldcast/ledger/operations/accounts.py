"""Finding, making and locking accounts: the one place where the ledger takes its locks."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from fieldcast.ledger.operations.problems import InsufficientFunds
from fieldcast.ledger.types import PURPOSES, SUMMED_PURPOSES, Draft, Entry

Key = tuple[str, str]  # party and purpose, within one county
PARTY = re.compile(r"[a-z]+(:[A-Za-z0-9_.-]+)?")

# One statement: the locks are taken in id order, and none at all while an account is missing, because a new account
# must be made before any lock is taken (a maker waits for another maker of the same account). An account of the world
# is on one side of every payment of a county: it has no balance to guard, so nobody locks it and nobody waits for it.
_LOCK = """
WITH wanted AS MATERIALIZED (
  SELECT a.id, a.purpose = ANY (%(summed)s) AS summed
  FROM unnest(%(parties)s::text[], %(purposes)s::text[]) AS w (party, purpose)
  JOIN ledger_account a ON a.party = w.party AND a.purpose = w.purpose AND a.county_id = %(county)s
), locked AS MATERIALIZED (
  SELECT a.id, a.party, a.purpose, a.balance_fen, a.held_fen, a.may_go_negative
  FROM ledger_account a
  WHERE a.id = ANY (ARRAY(SELECT id FROM wanted WHERE NOT summed))
    AND (SELECT count(*) FROM wanted) = %(count)s
  ORDER BY a.id FOR NO KEY UPDATE
)
SELECT * FROM locked
UNION ALL
SELECT a.id, a.party, a.purpose, a.balance_fen, a.held_fen, a.may_go_negative
FROM ledger_account a JOIN wanted ON wanted.id = a.id AND wanted.summed
WHERE (SELECT count(*) FROM wanted) = %(count)s
"""
_MAKE = """
INSERT INTO ledger_account (county_id, party, purpose, may_go_negative)
SELECT %(county)s, w.party, w.purpose, w.negative
FROM unnest(%(parties)s::text[], %(purposes)s::text[], %(negative)s::boolean[]) AS w (party, purpose, negative)
ORDER BY w.party, w.purpose
ON CONFLICT (party, purpose, county_id) DO NOTHING
"""


@dataclass
class Locked:
    """An account under this transaction's lock. `available_fen` follows what this call has moved so far.

    One of the world is not locked, and may always give, whatever its `available_fen` says.
    """

    id: int
    party: str
    purpose: str
    available_fen: int
    may_go_negative: bool


Locks = Mapping[Key, Locked]


def lock(*, keys: Iterable[Key], county_id: int) -> Locks:
    """Lock a county's accounts, in id order, making those that do not exist; those of the world are found, not locked.

    Raises `ValueError` for an unknown purpose.
    """
    wanted = sorted(set(keys))
    found = _locked(wanted, county_id)
    if len(found) < len(wanted):
        _make(wanted, county_id)
        found = _locked(wanted, county_id)
    return found


def net(entries: Iterable[Entry]) -> dict[Key, int]:
    """What each account gains or loses in all."""
    sums: dict[Key, int] = {}
    for entry in entries:
        key = (entry.party, entry.purpose)
        sums[key] = sums.get(key, 0) + entry.amount_fen
    return sums


def shortage(*, locks: Locks, entries: Iterable[Entry]) -> InsufficientFunds | None:
    """The problem that these entries would make on locked accounts, or None when there is money enough."""
    for key, change_fen in net(entries).items():
        account = locks[key]
        if change_fen < 0 and not account.may_go_negative and account.available_fen + change_fen < 0:
            return InsufficientFunds(
                party=account.party,
                purpose=account.purpose,
                available_fen=account.available_fen,
                wanted_fen=-change_fen,
            )
    return None


def check_draft(draft: Draft) -> None:
    """Raise `ValueError` when a draft is not a transfer at all: such a draft is a mistake of its writer."""
    if not draft.client_id or not draft.kind:
        raise ValueError("a transfer needs a client id and a kind")
    if len(draft.entries) < 2:
        raise ValueError(f"{draft.client_id}: a transfer has at least two sides")
    if any(entry.amount_fen == 0 for entry in draft.entries):
        raise ValueError(f"{draft.client_id}: an entry of zero fen moves nothing; leave it out")
    total = sum(entry.amount_fen for entry in draft.entries)
    if total:
        raise ValueError(f"{draft.client_id}: the entries sum to {total} fen, not to zero")


def _locked(wanted: list[Key], county_id: int) -> Locks:
    parameters: dict[str, Any] = {
        "county": county_id,
        "summed": list(SUMMED_PURPOSES),
        "parties": [party for party, _ in wanted],
        "purposes": [purpose for _, purpose in wanted],
        "count": len(wanted),
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, parameters)
        return {
            (party, purpose): Locked(id_, party, purpose, balance - held, negative)
            for id_, party, purpose, balance, held, negative in cursor.fetchall()
        }


def _make(wanted: list[Key], county_id: int) -> None:
    for party, purpose in wanted:
        if purpose not in PURPOSES:
            raise ValueError(f"{purpose!r} is not a purpose of the ledger")
        if not PARTY.fullmatch(party):
            raise ValueError(f"{party!r} does not name a party, such as org:12 or platform")
    parameters: dict[str, Any] = {
        "county": county_id,
        "parties": [party for party, _ in wanted],
        "purposes": [purpose for _, purpose in wanted],
        "negative": [PURPOSES[purpose].may_go_negative for _, purpose in wanted],
    }
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, parameters)
