"""A sum that moves to one, or is handed out by weights: what clauses of the period have in common."""

from collections.abc import Mapping

from fieldcast.agreements.composed.rounding import paired, split
from fieldcast.agreements.composed.shapes import Inputs, Move


def move(
    amount_fen: int, *, giver: str, taker: str, formula: str, inputs: Inputs, number: int
) -> tuple[Move, ...]:
    """One move; none of nothing."""
    if not amount_fen:
        return ()
    one = Move(clause=number, giver=giver, taker=taker, amount_fen=amount_fen, formula=formula, inputs=inputs)
    return (one,)


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
            inputs={"amount_fen": amount_fen, "weights": paired(weights), "taker": taker},
        )
        for taker, fen in split(amount_fen, weights).items()
        if fen
    )
