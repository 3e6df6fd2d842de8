"""Rounding, and who gets the fen that it leaves: the cooperative, in its rest.

Every amount of a line is rounded by itself to the nearest fen, half up (`kit.money.share_fen`; in formulas, written
apart, `clauses.reckoning.nearest`). The clause `rest` stands last among those that share a line and takes whatever is
left of it, so a fen that rounding leaves, or lacks, is the cooperative's, and shares sum to the fen
(`waterfalls.model.Model.shares` refuses the line otherwise).

Here stand the two places where it shows: beside a price, as what an order of several packs may need more than its packs
one by one; on a statement, as the difference between a sum of lines and its formula on the sums.
"""

from collections.abc import Callable

from fieldcast.agreements.calculation.known import formula_of
from fieldcast.agreements.clauses.shapes import Share
from fieldcast.kit.money import BASIS

TRIED_PACKS = 20  # orders up to this size are worked out one by one


def of_larger_orders(*, left_of_packs: Callable[[int], int], most_packs: int, rounded: int) -> int:
    """Fen that each pack must carry more, so that its price is enough for every order of up to `most_packs`.

    `left_of_packs` works out what an order of so many packs leaves for rebate and cooperative, in fen; it is below zero
    where the order falls short. `rounded` amounts of a line are rounded, each by half a fen at most.
    """
    left_fen = least_fen = left_of_packs(1)
    if left_fen < -(-rounded // 2):
        tried = range(1, min(most_packs, TRIED_PACKS) + 1)
        least_fen = min(left_of_packs(packs) // packs for packs in tried)
        if most_packs > TRIED_PACKS:
            # a larger order is off by the same half fen an amount, spread over more packs
            exact_fen = left_of_packs(BASIS)  # of 10,000 packs: every part of a price is whole fen
            spread_fen = BASIS * rounded // (2 * (TRIED_PACKS + 1)) + 1
            least_fen = min(least_fen, (exact_fen - spread_fen) // BASIS)
    return left_fen - least_fen if least_fen < 0 else 0


def of_lines(share: Share) -> int:
    """Fen by which a share of one line or many differs from its formula: many were rounded line by line.

    Raises `UnknownFormula`.
    """
    return share.amount_fen - formula_of(share.formula).compute(share.inputs)
