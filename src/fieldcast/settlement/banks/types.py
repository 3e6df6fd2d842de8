"""What the way to the bank tells the other rooms."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """How payouts reach a bank: a file that a person carries there, or the sandbox, which answers at once."""

    FILE = "file"
    SANDBOX = "sandbox"


@dataclass(frozen=True)
class AccountView:
    """Where an organisation's money goes, as those see it who need no more: the last digits."""

    id: int
    organisation_id: int
    bank: str
    number_end: str
    at: datetime
    refused: bool  # the bank returned money that went there


@dataclass(frozen=True)
class Instruction:
    """A payout as the bank is told of it: the only place where a whole account number stands."""

    payout_id: int
    place: int
    batch: str
    holder: str
    number: str
    bank: str
    amount_fen: int

    @property
    def reference(self) -> str:
        """By which the bank's answer names it."""
        return f"{self.batch}-{self.place}"


@dataclass(frozen=True)
class Said:
    """What the bank says of one payout. `reason` where it came back."""

    reference: str
    amount_fen: int
    returned: bool
    reason: str = ""
    line: int = 0


@dataclass(frozen=True)
class BatchView:
    """A batch and how far it is: payouts that arrived, came back, and of which nothing is known yet."""

    id: int
    county_id: int
    number: str
    way: str
    payouts: int
    total_fen: int
    confirmed: int
    returned: int
    at: datetime

    @property
    def waiting(self) -> int:
        """Payouts of which the bank has said nothing."""
        return self.payouts - self.confirmed - self.returned


@dataclass(frozen=True)
class Taken:
    """What the bank's answers changed; `known` of them were known before."""

    confirmed: int
    returned: int
    known: int


@dataclass(frozen=True)
class OrderedView:
    """A payout in its batch, masked, with what the bank said of it."""

    reference: str
    party: str
    bank: str
    number_end: str
    state: str
    reason: str
    amount_fen: int
