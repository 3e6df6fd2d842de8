"""What the cover tells the other rooms."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class MoneyKind(StrEnum):
    """Money that an officer wrote down: for a deposit, a fund or a bond, from a bank by its letter, or back."""

    DEPOSIT = "deposit"
    FUND_IN = "fund_in"
    DEPOSIT_BACK = "deposit_back"
    BOND = "bond"
    BOND_BACK = "bond_back"
    LETTER_PAID = "letter_paid"


GOES_BACK = (MoneyKind.DEPOSIT_BACK, MoneyKind.BOND_BACK)


@dataclass(frozen=True)
class Room:
    """What a fund gives a cooperative. `room_fen` of its limit is not drawn and can be drawn now."""

    fund_id: int
    name: str
    name_en: str
    limit_fen: int
    owed_fen: int
    room_fen: int


@dataclass(frozen=True)
class Cover:
    """What stands behind a cooperative's promises. `owed_fen`: to funds, and to sellers before funds were asked."""

    cooperative_id: int
    deposit_fen: int
    rooms: tuple[Room, ...]
    owed_fen: int

    @property
    def room_fen(self) -> int:
        """What its funds would still give."""
        return sum(room.room_fen for room in self.rooms)

    @property
    def total_fen(self) -> int:
        """Deposit and funds together: the most that can be promised beyond what buyers pay."""
        return self.deposit_fen + self.room_fen

    def without(self, takes: "Iterable[Take]") -> "Cover":
        """What is left of it once these have been drawn."""
        taken = {one.fund_id: one.amount_fen for one in takes}
        rooms = tuple(
            replace(
                room,
                owed_fen=room.owed_fen + taken.get(room.fund_id, 0),
                room_fen=room.room_fen - taken.get(room.fund_id, 0),
            )
            for room in self.rooms
        )
        from_funds = sum(fen for fund_id, fen in taken.items() if fund_id is not None)
        return replace(
            self,
            deposit_fen=self.deposit_fen - taken.get(None, 0),
            rooms=rooms,
            owed_fen=self.owed_fen + from_funds,
        )


@dataclass(frozen=True)
class Take:
    """A part of what is drawn or paid back. `fund_id` None: the deposit, or a debt older than the funds."""

    fund_id: int | None
    amount_fen: int


@dataclass(frozen=True)
class OpenDraw:
    """What a fund put in for a cooperative in one run, and what of it is not paid back."""

    fund_id: int
    cooperative_id: int
    amount_fen: int
    left_fen: int
    reference: str
    at: datetime


@dataclass(frozen=True)
class FundView:
    """A named fund: its cash, what cooperatives owe it, what it has promised to them and not yet given."""

    id: int
    county_id: int
    name: str
    name_en: str
    balance_fen: int
    claims_fen: int
    promised_fen: int
    backings: tuple["BackingView", ...]

    @property
    def party(self) -> str:
        """The ledger's name for the fund."""
        return f"fund:{self.id}"

    @property
    def free_fen(self) -> int:
        """Cash that stands behind nobody's promise yet."""
        return max(0, self.balance_fen - self.promised_fen)


@dataclass(frozen=True)
class BackingView:
    """The limit in force of a fund for a cooperative, and how much of it is drawn."""

    fund_id: int
    cooperative_id: int
    cooperative: str
    cooperative_en: str
    limit_fen: int
    owed_fen: int
    by: str
    at: datetime


@dataclass(frozen=True)
class MoneyView:
    """Money that came or went against a bank slip, and who wrote it down."""

    id: int
    kind: MoneyKind
    party_name: str
    party_name_en: str
    amount_fen: int
    slip: str
    note: str
    by: str
    at: datetime
    repeated: bool = False
