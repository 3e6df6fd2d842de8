"""What trade tells of payments and of their providers' notices."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeOutcome(StrEnum):
    """What became of a notice from a payment provider.

    APPLIED: believed, in time and acted on. DUPLICATE: the same notice again. STALE: true, but overtaken by a later
    one. RETURNED: the money came for an order that had ended, and goes back. MISMATCHED: really the provider's, but it
    does not fit our books (another amount, a payment we do not know) or cannot be read: not acted on, for a person to
    look at. REJECTED: forged.
    """

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    STALE = "stale"
    RETURNED = "returned"
    MISMATCHED = "mismatched"
    REJECTED = "rejected"

    @property
    def believed(self) -> bool:
        """Was the notice the provider's own?"""
        return self is not NoticeOutcome.REJECTED


@dataclass(frozen=True)
class NoticeView:
    """A notice from a payment provider and what became of it; `reason` is a code."""

    id: int
    provider: str
    notice_id: str
    event: str
    reference: str
    outcome: NoticeOutcome
    reason: str
    received_at: datetime


@dataclass(frozen=True)
class MoneyImbalance:
    """Payments and refunds beside the ledger's transfers of the same kind. All zero when they agree.

    `payments_fen` and `refunds_fen` are differences: ours less the ledger's. `orders` are sold without a payment, or
    paid and neither sold nor given back.
    """

    payments_fen: int
    refunds_fen: int
    orders: tuple[int, ...]

    @property
    def fen(self) -> int:
        """One number for a report."""
        return abs(self.payments_fen) + abs(self.refunds_fen)

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return self.fen == 0 and not self.orders


@dataclass(frozen=True)
class SessionPayments:
    """How a session's payments went.

    `packs` were offered, `held` reservations wait for payment. `notified_twice` notices had been heard before,
    `stale` ones came too late to matter, `returned` payments came for orders that had ended. `refunds_open` are not
    confirmed by the provider yet.
    """

    packs: int
    held: int
    paid: int
    notified_twice: int
    stale: int
    returned: int
    refunds: int
    refunds_open: int
