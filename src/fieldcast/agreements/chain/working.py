"""What each stage of a long chain has of what the consumer pays."""

from collections.abc import Sequence

from fieldcast.agreements.chain.types import ChainStageView, StageWorked
from fieldcast.agreements.composed.rounding import part_of
from fieldcast.agreements.composed.what_if import share_bp


def worked(stages: Sequence[ChainStageView], *, consumer_fen: int | None) -> tuple[StageWorked, ...]:
    """Every stage with what it adds. From a gap on no price is known; sums in fen are still said.

    Without the consumer's price the last stage's is it, and parts are known where no stage is a gap.
    """
    found: list[tuple[str, int | None, int | None]] = []
    price: int | None = 0
    for one in stages:
        fen = one.fen
        if fen is None and one.added_bp is not None and price is not None:
            fen = part_of(price, one.added_bp)
        price = None if price is None or fen is None else price + fen
        found.append((one.name, fen, price))
    whole = consumer_fen if consumer_fen is not None else price
    return tuple(
        StageWorked(name=name, fen=fen, part_bp=_part(fen, whole), price_fen=leaves)
        for name, fen, leaves in found
    )


def _part(fen: int | None, whole: int | None) -> int | None:
    return None if fen is None or whole is None else share_bp(fen, whole)
