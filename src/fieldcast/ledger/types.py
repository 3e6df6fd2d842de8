"""What the ledger takes and tells. Amounts are whole fen; positive means the party owns more.

An account of the world outside goes negative as money comes in: `outside:sandbox/world` at −5,000 says that 50 yuan
that were outside are now inside. Such an account keeps no balance of its own: its balance is the sum of its postings,
so that payments to different sellers have no row in common and never wait for each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Purpose:
    """What an account is for. `may_go_negative` is fixed when the account is made.

    `keeps_balance` is False where nobody asks before money moves: nothing is locked, and the postings are summed by who
    reads.
    """

    name: str
    title: str | Promise
    may_go_negative: bool = False
    keeps_balance: bool = True


PURPOSES: Mapping[str, Purpose] = {
    purpose.name: purpose
    for purpose in (
        Purpose("wallet", _("Wallet")),
        Purpose("escrow", _("Kept until the sale is final")),
        Purpose("deposit", _("Deposit")),
        Purpose("fund", _("Cash of a fund")),
        Purpose("claims", _("Owed to a fund")),
        Purpose("bond", _("Performance bond")),
        Purpose("due", _("Due by penalties")),
        Purpose("pool", _("Pool of an agreement, until it is shared out")),
        Purpose("commission", _("Platform commission")),
        Purpose("advance", _("Paid in advance and still owed"), may_go_negative=True),
        Purpose("owed", _("Owed by penalties"), may_go_negative=True),
        Purpose("debt", _("Owed to others of an agreement"), may_go_negative=True),
        Purpose("credit", _("Owed by others of an agreement")),
        Purpose("world", _("Outside the platform"), may_go_negative=True, keeps_balance=False),
    )
}
NEGATIVE_PURPOSES = tuple(sorted(name for name, purpose in PURPOSES.items() if purpose.may_go_negative))
SUMMED_PURPOSES = tuple(sorted(name for name, purpose in PURPOSES.items() if not purpose.keeps_balance))


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a transfer: `amount_fen` (not zero) added to the account of `party` (`org:12`) for `purpose`."""

    party: str
    purpose: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A transfer that is asked for. `client_id` (up to 80 characters) is applied once, however often it is asked."""

    client_id: str
    kind: str
    entries: tuple[Entry, ...]
    memo: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class TransferResult:
    """A transfer as it stands in the book. `repeated` when this client id had been applied before."""

    id: int
    client_id: str
    created_at: datetime
    repeated: bool


@dataclass(frozen=True, slots=True)
class HoldResult:
    """Money set aside on an account. `released_at` is None while it is held; `repeated` when it was asked before."""

    id: int
    client_id: str
    amount_fen: int
    created_at: datetime
    released_at: datetime | None
    repeated: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """An account now. An account on which nothing ever moved has a balance of zero."""

    party: str
    purpose: str
    balance_fen: int
    held_fen: int

    @property
    def available_fen(self) -> int:
        """What can be moved now: the balance less what is held."""
        return self.balance_fen - self.held_fen


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One posting on an account, with the balance after it."""

    posting_id: int
    client_id: str
    kind: str
    memo: str
    reference: str
    amount_fen: int
    balance_after_fen: int
    at: datetime


@dataclass(frozen=True, slots=True)
class StatementPage:
    """Postings of an account, newest first. `older` is passed as `before` for the next page; None at the end."""

    balance: Balance
    lines: tuple[StatementLine, ...]
    older: int | None


@dataclass(frozen=True, slots=True)
class TransferView:
    """A transfer with all its sides."""

    client_id: str
    kind: str
    memo: str
    reference: str
    at: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class BookRead:
    """Up to where the book was read and nothing was wrong: ids, and what the postings up to there come to by account.

    Accounts are named by their ids as text, as JSON keeps them.
    """

    posting_id: int
    transfer_id: int
    by_account: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Imbalance:
    """What is wrong in the book, read from the postings themselves. All zero when nothing is.

    `total_fen`: the sum of all postings. `transfers` do not sum to zero or have fewer than two postings, by
    `transfers_fen` in all. `drifted` accounts say another balance than their postings, by `drifted_fen`; `held_drifted`
    say another held amount than their open holds, by `held_drifted_fen`. `overdrawn` accounts that must not be below
    zero are, by `overdrawn_fen`.
    """

    total_fen: int
    transfers: int
    transfers_fen: int
    drifted: int
    drifted_fen: int
    held_drifted: int
    held_drifted_fen: int
    overdrawn: int
    overdrawn_fen: int

    @property
    def fen(self) -> int:
        """One number for a report: every fen that is out of place, under each head under which it is."""
        heads = (self.transfers_fen, self.drifted_fen, self.held_drifted_fen, self.overdrawn_fen)
        return abs(self.total_fen) + sum(heads)

    @property
    def ok(self) -> bool:
        """True when nothing is wrong, including a transfer of no postings, which is wrong by no fen."""
        return self.fen == 0 and not (self.transfers or self.drifted or self.held_drifted or self.overdrawn)
