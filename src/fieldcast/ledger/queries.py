"""Reads of the book."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import BigIntegerField, Case, F, OuterRef, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from fieldcast.kit.found import Found, found
from fieldcast.ledger.checks import imbalance
from fieldcast.ledger.models import Account, Posting, Transfer
from fieldcast.ledger.relations import HOLDS, SIDES
from fieldcast.ledger.types import (
    SUMMED_PURPOSES,
    Balance,
    Entry,
    StatementLine,
    StatementPage,
    TransferView,
)

__all__ = [
    "balance",
    "balances",
    "balances_of",
    "below_zero",
    "by_purpose",
    "imbalance",
    "moved_by_party",
    "moved_fen",
    "parties_with",
    "statement_of",
    "strange_holds",
    "transfer_of",
    "transfers_about",
    "unbacked",
    "with_balance",
]


def balance(*, party: str, purpose: str) -> Balance:
    """What a party has for a purpose now; zero when nothing ever moved.

    The platform and the world outside have an account in each county: theirs are added up.
    """
    found = [one for one in balances(party=party) if one.purpose == purpose]
    return found[0] if found else Balance(party=party, purpose=purpose, balance_fen=0, held_fen=0)


def balances(*, party: str) -> tuple[Balance, ...]:
    """All that a party has, by purpose."""
    rows = with_balance().filter(party=party).values("purpose").order_by("purpose")
    totals = rows.annotate(balance=Sum("now_fen"), held=Sum("held_fen"))
    return tuple(
        Balance(party=party, purpose=purpose, balance_fen=int(fen), held_fen=int(held))
        for purpose, fen, held in totals.values_list("purpose", "balance", "held")
    )


def balances_of(*, parties: Iterable[str], purposes: Iterable[str]) -> dict[tuple[str, str], Balance]:
    """What each of several parties has for each of these purposes, in one statement; zero where nothing ever moved."""
    whose, what = set(parties), list(purposes)
    rows = with_balance().filter(party__in=whose, purpose__in=what).values_list("party", "purpose")
    totals = rows.annotate(balance=Sum("now_fen"), held=Sum("held_fen")).order_by()
    found = {(party, purpose): (int(fen), int(held)) for party, purpose, fen, held in totals}
    return {
        (party, purpose): Balance(party, purpose, *found.get((party, purpose), (0, 0)))
        for party in whose
        for purpose in what
    }


def with_balance() -> QuerySet[Account]:
    """Accounts with `now_fen`: the balance that is kept, or the sum of the postings where none is."""
    postings = Posting.objects.filter(account=OuterRef("pk")).order_by().values("account")
    summed = Subquery(postings.annotate(fen=Sum("amount_fen")).values("fen"), output_field=BigIntegerField())
    return Account.objects.annotate(
        now_fen=Case(
            When(purpose__in=SUMMED_PURPOSES, then=Coalesce(summed, 0)),
            default=F("balance_fen"),
            output_field=BigIntegerField(),
        )
    )


def by_purpose(*, county_id: int) -> dict[str, int]:
    """What a county's accounts hold together for each purpose, the world outside among them: all of it sums to zero."""
    rows = with_balance().filter(county_id=county_id).order_by().values_list("purpose")
    return {purpose: int(fen) for purpose, fen in rows.annotate(fen=Sum("now_fen"))}


def parties_with(*, county_id: int, purpose: str) -> dict[str, int]:
    """What each party of a county has for a purpose, of those that have anything."""
    rows = with_balance().filter(county_id=county_id, purpose=purpose).order_by().values_list("party")
    return {party: int(fen) for party, fen in rows.annotate(fen=Sum("now_fen")) if fen}


def below_zero(*, purpose: str, county_id: int) -> dict[str, int]:
    """What is lacking on a county's accounts of one purpose that are below zero, by party."""
    rows = Account.objects.filter(purpose=purpose, county_id=county_id, balance_fen__lt=0)
    return {party: -fen for party, fen in rows.values_list("party", "balance_fen")}


def statement_of(*, party: str, purpose: str, before: int | None = None, size: int = 50) -> StatementPage:
    """Up to `size` postings of an account, newest first, each with the balance after it.

    `before` is the `older` of the page before this one.
    """
    now = balance(party=party, purpose=purpose)
    rows = Posting.objects.filter(account__party=party, account__purpose=purpose)
    if before is not None:
        rows = rows.filter(id__lt=before)
    page = list(rows.select_related("transfer").order_by("-id")[: size + 1])
    older = page[size - 1].id if len(page) > size else None
    # Postings of one account are numbered in the order in which they were applied: they are written under its lock
    # (those of the world are not: there the order is that in which they were begun).
    after_fen = rows.filter(id__lte=page[0].id).aggregate(fen=Sum("amount_fen"))["fen"] if page else 0
    lines = []
    for row in page[:size]:
        lines.append(_line(row, after_fen))
        after_fen -= row.amount_fen
    return StatementPage(balance=now, lines=tuple(lines), older=older)


def transfer_of(*, client_id: str) -> TransferView | None:
    """The transfer that a client id stands for."""
    row = Transfer.objects.filter(client_id=client_id).prefetch_related("postings__account").first()
    return _view(row) if row else None


def transfers_about(*, reference: str) -> tuple[TransferView, ...]:
    """All transfers written with this reference (such as an order number), oldest first."""
    rows = Transfer.objects.filter(reference=reference).exclude(reference="").order_by("id")
    return tuple(_view(row) for row in rows.prefetch_related("postings__account"))


def moved_fen(
    *,
    kind: str,
    party: str | None = None,
    purpose: str | None = None,
    since: datetime | None = None,
    county_id: int | None = None,
) -> int:
    """The sum of postings made by transfers of `kind`, on the accounts of `party`, `purpose` and county where given.

    Without either, only what was added is counted, since the two sides of a transfer cancel out.
    """
    rows = Posting.objects.filter(transfer__kind=kind)
    if party is not None:
        rows = rows.filter(account__party=party)
    if purpose is not None:
        rows = rows.filter(account__purpose=purpose)
    if county_id is not None:
        rows = rows.filter(account__county_id=county_id)
    if party is None and purpose is None:
        rows = rows.filter(amount_fen__gt=0)
    if since is not None:
        rows = rows.filter(transfer__created_at__gte=since)
    return int(rows.aggregate(fen=Sum("amount_fen"))["fen"] or 0)


def moved_by_party(
    *, kind: str, without_purpose: str, after: int | None = None, up_to: int | None = None
) -> dict[str, int]:
    """The sum of postings of each party made by transfers of `kind`, on its accounts of every purpose but one.

    `after` and `up_to` are ids of postings.
    """
    rows = Posting.objects.filter(transfer__kind=kind).exclude(account__purpose=without_purpose)
    if after is not None:
        rows = rows.filter(id__gt=after)
    if up_to is not None:
        rows = rows.filter(id__lte=up_to)
    return dict(rows.values_list("account__party").annotate(fen=Sum("amount_fen")).order_by())


_UNBACKED = """
SELECT client_id, kind, party, purpose, sum(fen) AS fen FROM (
  {expected}
  UNION ALL SELECT client_id, kind, party, purpose, -fen FROM ({sides}) moved
) both_sides
GROUP BY client_id, kind, party, purpose HAVING sum(fen) <> 0 ORDER BY client_id, party, purpose
"""
_STRANGE_HOLDS = """
SELECT DISTINCT client_id FROM (
  (({expected}) EXCEPT ALL ({holds})) UNION ALL (({holds}) EXCEPT ALL ({expected}))
) differing ORDER BY client_id
"""


def unbacked(*, expected: Sequence[str], moved: str = SIDES) -> Found:
    """Fen by which the book differs from what the rows of other rooms call for, posting by posting.

    Each of `expected` is a SELECT of `client_id, kind, party, purpose, fen`: the postings that some rows call for. What
    no row calls for is found, whatever its kind; so is what a row calls for and the book does not have. `moved` is the
    part of the book that is compared, as a SELECT of the same.
    """
    rows = " UNION ALL ".join(f"SELECT * FROM ({one}) AS said{place}" for place, one in enumerate(expected))
    with connection.cursor() as cursor:
        cursor.execute(_UNBACKED.format(expected=rows, sides=moved))
        differing = [
            (
                f"{client_id or '-'} ({kind}) on {party}/{purpose}: {-int(fen):+d} fen that no row explains",
                abs(int(fen)),
            )
            for client_id, kind, party, purpose, fen in cursor.fetchall()
        ]
    return found("book", differing)


def strange_holds(*, expected: Sequence[str]) -> Found:
    """How many holds are not as the rows of other rooms call for, or are missing.

    Each of `expected` is a SELECT of `client_id, party, purpose, fen, released, captured_by` ('' when not captured).
    """
    rows = " UNION ALL ".join(expected)
    with connection.cursor() as cursor:
        cursor.execute(_STRANGE_HOLDS.format(expected=rows, holds=HOLDS))
        return found("hold", [(str(client_id), 1) for (client_id,) in cursor.fetchall()])


def _line(row: Posting, after_fen: int) -> StatementLine:
    moved = row.transfer
    return StatementLine(
        posting_id=row.id,
        client_id=moved.client_id,
        kind=moved.kind,
        memo=moved.memo,
        reference=moved.reference,
        amount_fen=row.amount_fen,
        balance_after_fen=after_fen,
        at=moved.created_at,
    )


def _view(row: Transfer) -> TransferView:
    return TransferView(
        client_id=row.client_id,
        kind=row.kind,
        memo=row.memo,
        reference=row.reference,
        at=row.created_at,
        entries=tuple(
            Entry(side.account.party, side.account.purpose, side.amount_fen)
            for side in sorted(row.postings.all(), key=lambda side: side.id)
        ),
    )
