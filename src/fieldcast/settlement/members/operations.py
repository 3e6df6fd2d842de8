"""Writes of member accounts: entries are only ever added. Lock: the account's name, until the transaction ends."""

from datetime import date, datetime
from typing import Final

from django.db import connection, transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.money import yuan
from fieldcast.kit.months import day_of
from fieldcast.kit.said import must_say
from fieldcast.settlement.members import queries
from fieldcast.settlement.members.loaders import load_member
from fieldcast.settlement.members.problems import EntryImpossible, TooMuchTaken
from fieldcast.settlement.members.types import EntryKind
from fieldcast.settlement.models import MemberEntry

MOST_FEN: Final = 10**10


@transaction.atomic
def write_entry(
    *,
    by: SignedIn,
    cooperative_id: int,
    household_id: int,
    kind: EntryKind,
    amount_fen: int,
    day: date,
    why: str,
    now: datetime,
) -> None:
    """Write down what a member put in, or what of the reserve is the member's; less than zero takes some back.

    Raises `NotFound` for strangers and households that are no members, `EntryImpossible`, `TooMuchTaken`, and
    `SaysNothing`.
    """
    require(by, "accounts.manage_organisation", accounts.organisation(organisation_id=cooperative_id))
    load_member(by=by, cooperative_id=cooperative_id, household_id=household_id)
    if not 0 < abs(amount_fen) <= MOST_FEN or day > day_of(now):
        raise EntryImpossible(most=yuan(MOST_FEN))
    reason = must_say(why, field="why")[:200]
    _lock(cooperative_id, household_id)
    there_fen = queries.written_down(cooperative_id=cooperative_id).get((household_id, kind), 0)
    if there_fen + amount_fen < 0:
        raise TooMuchTaken(most=yuan(there_fen))
    MemberEntry.objects.create(
        cooperative_id=cooperative_id,
        member_id=household_id,
        kind=kind.value,
        amount_fen=amount_fen,
        day=day,
        why=reason,
        by_id=by.pk,
        at=now,
    )


def _lock(cooperative_id: int, household_id: int) -> None:
    """An advisory lock: what it guards is a sum of rows that the platform's user may not lock."""
    with connection.cursor() as cursor:
        name = f"fieldcast.members:{cooperative_id}:{household_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
