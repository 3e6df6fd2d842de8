"""What bonds tell the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fieldcast.ledger.types import Draft


@dataclass(frozen=True)
class BondTerm:
    """A clause by which a role leaves a sum; `payout_bp` of each of its payouts fill it."""

    role: str
    fen: int
    payout_bp: int
    clause: int


@dataclass(frozen=True)
class PenaltyTerm:
    """A clause by which a role pays another, up to a sum, for a breach.

    `gain_fen` is what a breach would bring, `detection_bp` how many are found, where the parties have said it.
    """

    role: str
    to: str
    breach: str
    fen: int
    clause: int
    gain_fen: int | None = None
    detection_bp: int | None = None


@dataclass(frozen=True)
class BondKey:
    """Whose bond, of which agreement."""

    agreement_id: int
    organisation_id: int

    @property
    def party(self) -> str:
        """The ledger's name for the bond."""
        return f"bond:{self.agreement_id}.{self.organisation_id}"

    @property
    def code(self) -> str:
        """The bond in a form or an address."""
        return f"{self.agreement_id}.{self.organisation_id}"


@dataclass(frozen=True)
class LetterView:
    """A bank's guarantee letter. `called_fen` of it the bank was asked for, `unpaid_fen` of that has not come."""

    id: int
    bond: BondKey
    bank: str
    number: str
    amount_fen: int
    valid_until: date
    file_id: int
    called_fen: int
    unpaid_fen: int
    by: str
    at: datetime

    def room_fen(self, today: date) -> int:
        """What it still stands for."""
        return self.amount_fen - self.called_fen if today <= self.valid_until else 0


@dataclass(frozen=True)
class PenaltyView:
    """A confirmed penalty: `cash_fen` came from the bond at once, `called_fen` from letters, the rest was owed.

    `owed_fen` of that rest is owed now, and `unpaid_fen` of what banks were called for has not come.
    """

    id: int
    bond: BondKey
    version_id: int
    clause: int
    decision: str
    receiver_id: int
    receiver: str
    receiver_en: str
    amount_fen: int
    cash_fen: int
    called_fen: int
    owed_fen: int
    unpaid_fen: int
    why: str
    by: str
    at: datetime
    repeated: bool = False

    @property
    def paid_fen(self) -> int:
        """What whom the clause names has got."""
        return self.amount_fen - self.owed_fen - self.unpaid_fen


@dataclass(frozen=True)
class BondView:
    """A party's bond of an agreement now. `version_id` is of the terms in force, the newest that all agreed to."""

    key: BondKey
    version_id: int
    agreement: str
    agreement_en: str
    organisation: str
    organisation_en: str
    agreed_fen: int
    cash_fen: int
    letters_fen: int
    owed_fen: int
    unpaid_fen: int
    free_fen: int
    ended: bool
    letters: tuple[LetterView, ...]
    penalties: tuple[PenaltyView, ...]

    @property
    def held_fen(self) -> int:
        """Cash and letters together, beside the agreed sum."""
        return self.cash_fen + self.letters_fen

    @property
    def lacks_fen(self) -> int:
        """What is still to be left."""
        return max(0, self.agreed_fen - self.held_fen)


@dataclass(frozen=True)
class PenaltyChoice:
    """A penalty that could be confirmed, and of whom for whom."""

    version_id: int
    number: int
    term: PenaltyTerm
    agreement: str
    agreement_en: str
    payer: str
    payer_en: str
    receiver: str
    receiver_en: str


@dataclass(frozen=True)
class Debt:
    """What of a penalty its payer still owes."""

    penalty_id: int
    receiver_id: int
    owed_fen: int


@dataclass(frozen=True)
class Earned:
    """What a payout holds of one agreement: `role` is the one it was earned in, `reference` names the payout."""

    reference: str
    role: str
    bond: BondKey
    fen: int


@dataclass(frozen=True)
class KeptOf:
    """What of one payout filled a bond, and what paid penalties."""

    filled_fen: int
    penalties_fen: int


@dataclass(frozen=True)
class Kept:
    """What is kept of payouts, by their reference, and the transfers that move it."""

    fen: Mapping[str, int]
    drafts: tuple[Draft, ...]
