"""A sum handed out by weights: what dividends, points and bearers of a loss have in common."""

from collections.abc import Mapping

from fieldcast.agreements.composed.rounding import split
from fieldcast.agreements.composed.shapes import Move


def hand_out(
    amount_fen: int, weights: Mapping[str, int], *, giver: str, formula: str, number: int
) -> tuple[Move, ...]:
    """One move to each who gets something, by largest remainder; none where nobody has a weight."""
    if amount_fen <= 0 or not any(weights.values()):
        return ()
    return tuple(
        Move(
            clause=number,
            giver=giver,
            taker=taker,
            amount_fen=fen,
            formula=formula,
            inputs={"amount_fen": amount_fen, "weights": dict(weights), "taker": taker},
        )
        for taker, fen in split(amount_fen, weights).items()
        if fen
    )
