"""Shorthand of the ledger's tests: money in, money moved, and a guard that must refuse."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.ledger import operations
from fieldcast.ledger.types import Entry, TransferResult

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
COUNTY = 1
_numbers = itertools.count(1)


def new_id(prefix: str = "t") -> str:
    """A client id not used before in this run."""
    return f"{prefix}-{next(_numbers)}"


def move(
    *entries: tuple[str, str, int], client_id: str | None = None, kind: str = "test", reference: str = ""
) -> TransferResult:
    """Move money: each entry is party, purpose, fen."""
    return operations.transfer(
        client_id=client_id or new_id(),
        kind=kind,
        entries=[Entry(*entry) for entry in entries],
        county_id=COUNTY,
        reference=reference,
        now=NOW,
    )


def bring_in(party: str, fen: int, purpose: str = "wallet", client_id: str | None = None) -> TransferResult:
    """Money comes from outside onto an account."""
    return move(
        ("outside:sandbox", "world", -fen), (party, purpose, fen), kind="payment", client_id=client_id
    )


def sql(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """Raw SQL, as someone with the database's password would write it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def refused_by(constraint: str) -> Iterator[None]:
    """What happens inside is refused, at the latest at commit, by the guard of this name."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():  # noqa: PT012 — any statement may be the one
        yield
        sql("SET CONSTRAINTS ALL IMMEDIATE")  # what commit does
    diagnosis = getattr(caught.value.__cause__, "diag", None)
    assert diagnosis is not None
    assert diagnosis.constraint_name == constraint


@contextmanager
def triggers_asleep() -> Iterator[None]:
    """What a database owner could do with every guard off."""
    sql("SET session_replication_role = replica")
    try:
        yield
    finally:
        sql("SET session_replication_role = origin")
