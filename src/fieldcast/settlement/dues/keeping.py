"""Which dues are paid from a payout. Pure: the oldest first, each within what may be kept of the payout."""

from collections.abc import Sequence

from fieldcast.settlement.dues.types import DueView, Kept


def keep(amount_fen: int, dues: Sequence[DueView]) -> Kept:
    """What is kept of a payout for dues of its party, given the oldest first.

    A due with `most_bp` takes at most that part of the payout, together with those before it that have such a bound.
    """
    left_fen, bounded_fen = amount_fen, 0
    parts = []
    for due in dues:
        most_fen = max(0, amount_fen * due.most_bp // 10_000 - bounded_fen)
        part_fen = min(due.left_fen, left_fen, most_fen)
        if part_fen > 0:
            parts.append((due, part_fen))
            left_fen -= part_fen
            bounded_fen += part_fen
    return Kept(amount_fen - left_fen, tuple(parts))
