"""What trade tells of orders that are held back."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class GivingBack:
    """Somebody gave back every order of a lot that was held back: `orders` at that time, of which `left` are still to
    be done. `finished_at` None: it goes on by itself.
    """

    id: int
    lot_id: int
    orders: int
    left: int
    at: datetime
    finished_at: datetime | None

    @property
    def done(self) -> int:
        """How many are given back."""
        return max(0, self.orders - self.left)


@dataclass(frozen=True)
class HeldBack:
    """Orders of a lot that are paid for, not sent, and may not be sent. `giving_back`: the latest time it was asked."""

    lot_id: int
    orders: int
    total_fen: int
    giving_back: GivingBack | None

    @property
    def under_way(self) -> bool:
        """Are they being given back at this moment?"""
        return self.giving_back is not None and self.giving_back.finished_at is None
