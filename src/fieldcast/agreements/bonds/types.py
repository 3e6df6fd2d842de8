"""What bonds tell the other rooms."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BondTerm:
    """A bond that is agreed: `fen` of the party in `role`, filled with `payout_bp` of each of its payouts."""

    role: str
    fen: int
    payout_bp: int
    clause: int


@dataclass(frozen=True)
class PenaltyTerm:
    """A penalty that is agreed: at most `fen` from the party in `role` to the one in `to`, for `breach`."""

    role: str
    to: str
    breach: str
    fen: int
    clause: int
