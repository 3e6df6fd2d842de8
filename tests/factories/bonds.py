"""Bonds and penalties: terms that name them, an officer, money that comes, letters, penalties."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final
from unittest.mock import patch

from fieldcast.accounts.models import Person
from fieldcast.agreements.bonds import operations as bonds_operations
from fieldcast.agreements.bonds import queries as bonds
from fieldcast.agreements.bonds.types import (
    BondKey,
    BondTerm,
    BondView,
    LetterView,
    PenaltyTerm,
    PenaltyView,
)
from fieldcast.agreements.cover.types import MoneyView
from fieldcast.agreements.terms import Terms
from fieldcast.files import sent
from fieldcast.files.sent import DrawnPhoto, Photo
from fieldcast.files.types import FileKind
from tests.factories.accounts import NOW
from tests.factories.cover import slip
from tests.factories.market import Stall
from tests.files.pictures import orchard, saved

AGREED_FEN: Final = 10_000
RATE_BP: Final = 2000
MOST_FEN: Final = 6_000
CLAUSE: Final = 9
BOND: Final = BondTerm(role="host", fen=AGREED_FEN, payout_bp=RATE_BP, clause=8)
PENALTY: Final = PenaltyTerm(
    role="host", to="cooperative", breach="没有按期开播", fen=MOST_FEN, clause=CLAUSE
)
TODAY: Final = date(2026, 11, 22)
IN_A_YEAR: Final = date(2027, 11, 30)


@contextmanager
def terms_name(
    bonds: Sequence[BondTerm] = (BOND,), penalties: Sequence[PenaltyTerm] = (PENALTY,)
) -> Iterator[None]:
    """Inside, all terms name these bonds and penalties."""
    named: dict[str, Any] = {"bonds": tuple(bonds), "penalties": tuple(penalties)}
    with patch.multiple(Terms, **named):
        yield


def bond_of(stall: Stall, *, today: date = TODAY) -> BondView:
    """The host's bond now."""
    return bonds.bond(key=BondKey(stall.version.agreement_id, stall.host.id), today=today)


def put_in(stall: Stall, amount_fen: int, *, by: Person, **said: Any) -> MoneyView:
    """Money that came for the host's bond."""
    return bonds_operations.receive_bond(**_of(stall, by), amount_fen=amount_fen, **{"slip": slip(), **said})


def give_back(stall: Stall, amount_fen: int, *, by: Person, **said: Any) -> MoneyView:
    """Money of it that went back."""
    return bonds_operations.release_bond(**_of(stall, by), amount_fen=amount_fen, **{"slip": slip(), **said})


def lodge(stall: Stall, amount_fen: int, *, by: Person | None, **said: Any) -> LetterView:
    """A bank's letter for it."""
    assert by is not None
    what = {"bank": "河湾农商行", "number": "BH-1", "valid_until": IN_A_YEAR, "picture": paper(by), **said}
    return bonds_operations.lodge_guarantee_letter(**_of(stall, by), amount_fen=amount_fen, **what)


def penalise(stall: Stall, amount_fen: int, *, by: Person, **said: Any) -> PenaltyView:
    """A penalty of the host for the cooperative."""
    what: dict[str, Any] = {"clause": CLAUSE, "decision": "2026-7", "why": "两次没有按期开播", **said}
    return bonds_operations.confirm_penalty(
        by=by,
        agreement_version_id=stall.version.id,
        amount_fen=amount_fen,
        **{"now": NOW, **what},
    )


def paper(by: Person) -> DrawnPhoto:
    """A picture of a letter, as it will be kept."""
    data = saved(orchard((320, 240)))
    (drawn,) = sent.draw([Photo("保函.jpg", len(data), BytesIO(data))], by=by, kind=FileKind.DOCUMENT)
    return drawn


def _of(stall: Stall, by: Person, *, now: datetime = NOW) -> dict[str, Any]:
    return {
        "by": by,
        "agreement_id": stall.version.agreement_id,
        "organisation_id": stall.host.id,
        "now": now,
    }
