"""Whole fen: half up on the exact fraction, and the largest remainder for what is split."""

from collections.abc import Mapping

from fieldcast.kit.money import BASIS, split_fen

MILLION = 1_000_000


def half_up(dividend: int, divisor: int) -> int:
    """⌊dividend / divisor + ½⌋, exactly; both are zero or more, the divisor above."""
    whole, rest = divmod(dividend, divisor)
    return whole + (2 * rest >= divisor)


def part_of(amount_fen: int, rate_bp: int) -> int:
    """`rate_bp` of an amount that is zero or more."""
    return half_up(amount_fen * rate_bp, BASIS)


def paired(weights: Mapping[str, int]) -> list[list[str | int]]:
    """Weights as they are kept in JSON, whose objects keep no order: pairs, as they are written."""
    return [[role, weight] for role, weight in weights.items()]


def split(amount_fen: int, weights: Mapping[str, int]) -> dict[str, int]:
    """An amount by weights, the fen left over to the largest remainders and, of equal ones, to the earlier key as the
    weights are written. Raises `ValueError` without a weight above zero.
    """
    return dict(zip(weights, split_fen(amount_fen, list(weights.values())), strict=True))
