"""Marks of the books: up to where everything was read and found right, so that a later check reads what is new.

A mark is believed only when its seal and those of all marks before it are true, and when every table still reaches as
far as it says. Else there is none, and everything is read.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final

from fieldcast.kit.fields import seal
from fieldcast.kit.final import final_ids, newest_ids
from fieldcast.kit.found import Found, found
from fieldcast.ledger import checks as ledger_checks
from fieldcast.ledger.types import BookRead
from fieldcast.settlement import checks as settlement_checks
from fieldcast.settlement.types import StatementsRead
from fieldcast.supervision.models import BooksMark

TABLES: Final = tuple(dict.fromkeys((*ledger_checks.TABLES, *settlement_checks.TABLES)))
WAIT_SECONDS: Final = 5.0  # for those who write while a reading begins; without a mark of it nothing is lost


@dataclass(frozen=True)
class Mark:
    """What a reading of everything found right, each part as the room that owns the rows says it."""

    at: datetime
    book: BookRead
    statements: StatementsRead


def newest() -> Mark | None:
    """The last mark, when it can be believed."""
    rows = _chain()
    if not rows or _broken(rows):
        return None
    read = rows[-1].read  # of all marks the only one whose sums are used
    there = newest_ids(TABLES)
    if any(there[table] < newest for table, newest in read["ids"].items()):
        return None  # rows that were read are gone
    return Mark(rows[-1].at, BookRead(**read["book"]), StatementsRead(**read["statements"]))


def last_at() -> datetime | None:
    """When everything was last read and found right, by the newest mark whose seal is true."""
    rows = _chain()
    wrong = {row.pk for row in _broken(rows)}
    return max((row.at for row in rows if row.pk not in wrong), default=None)


def begin() -> dict[str, int] | None:
    """Before everything is read: up to which ids a mark of it may say so; None while that cannot be told."""
    return final_ids(TABLES, seconds=WAIT_SECONDS)


def write(*, ids: Mapping[str, int], now: datetime) -> None:
    """Everything up to `ids` was read after `begin` gave them, and nothing was wrong."""
    rows = _chain()
    before = rows[-1] if rows else None
    read = {
        "ids": dict(ids),
        "book": asdict(ledger_checks.read_up_to(ids=ids)),
        "statements": asdict(settlement_checks.read_up_to(ids=ids)),
    }
    row = BooksMark(before=before, at=now, read=read, digest=digest_of(read))
    row.seal = of(row, before=before)
    BooksMark.objects.bulk_create([row], ignore_conflicts=True)  # of two readings at once one is enough


def broken() -> Found:
    """How many marks nobody wrote by reading everything."""
    return found("mark of the books", [(f"{row.pk} of {row}", 1) for row in _broken(_chain())])


def of(row: BooksMark, *, before: BooksMark | None) -> str:
    """The seal of a mark."""
    said = (before.seal if before else "", row.at.astimezone(UTC).isoformat(), row.digest)
    return seal(f"supervision.mark:{said}")


def digest_of(read: Mapping[str, Any]) -> str:
    """A fingerprint of what was read."""
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


def _chain() -> list[BooksMark]:
    """All marks, the first one first, without what they read."""
    return list(BooksMark.objects.defer("read").order_by("id"))


def _broken(rows: list[BooksMark]) -> list[BooksMark]:
    """Marks without a true seal or that do not follow the one before, and the newest with sums it did not seal."""
    previous: BooksMark | None = None
    wrong = []
    for row in rows:
        if row.before_id != (previous.pk if previous else None) or row.seal != of(row, before=previous):
            wrong.append(row)
        previous = row
    if previous is not None and previous not in wrong and digest_of(previous.read) != previous.digest:
        wrong.append(previous)
    return wrong
