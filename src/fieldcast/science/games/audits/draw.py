"""Which targets are audited this time: a draw with exactly the published probabilities, which anybody can repeat.

Systematic sampling (Madow 1949, doi:10.1214/aoms/1177729988): lay the probabilities end to end along a line,
put a comb with teeth one apart at a start point u in [0, 1), and take every target a tooth falls in. Since p
≤ 1, none is taken twice; target i is taken for a share of exactly pᵢ of all start points, and the number
taken is Σp rounded down or up, always.

How the seed, a text, becomes the draw (all SHA-256 digests of UTF-8 text, read as big-endian whole numbers):

    start point   u = SHA-256("fieldcast audit draw 1|start|" + seed) / 2**256 order         targets sorted by
    SHA-256("fieldcast audit draw 1|order|" + seed + "|" + position), position from 0
                  in decimal; or as given

Probabilities are taken as the exact binary fractions they are and added without rounding, so every machine
gets the same draw. A probability that is a multiple of 2⁻²⁵⁶ (every float above 10⁻⁶¹) is met exactly, others
within 2⁻²⁵⁶. So that nobody can choose the outcome: publish the list and the probabilities first, and name as
the seed something still unknown then, such as the next result of a public lottery.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

Marginals = Sequence[float] | Sequence[Fraction] | NDArray[np.float64]
Order = Literal["shuffled", "given"]

TAG = "fieldcast audit draw 1"


@dataclass(frozen=True)
class Draw:
    """`chosen`: positions (from 0, ascending) to audit; what they follow from: `seed`, `order`, `start`."""

    chosen: tuple[int, ...]
    seed: str
    order: Order
    start: Fraction


def draw(marginals: Marginals, *, seed: str, order: Order = "shuffled") -> Draw:
    """Audits drawn from `seed`, target i with probability `marginals[i]` (in 0..1, shape (n,)) exactly.

    `order="shuffled"` (by the seed) makes almost every pair of targets possible together; `"given"` spreads
    the audits evenly along the list as it stands, which is better where neighbours are alike, but never
    audits some pairs together. Raises `BadParameter` for a marginal outside 0..1, an empty seed, or an
    unknown order.
    """
    if not seed:
        raise BadParameter(
            "seed", Text(en="seed must be a text of at least one character.", zh="seed（种子）不能为空。")
        )
    if order not in ("shuffled", "given"):
        raise BadParameter(
            "order",
            Text(
                en='order must be "shuffled" or "given".',
                zh="order 只能是 shuffled（打乱）或 given（原样）。",
            ),
        )
    start = start_point(seed)
    lined_up = _shuffled(len(marginals), seed) if order == "shuffled" else range(len(marginals))
    return Draw(systematic(marginals, start=start, order=lined_up), seed, order, start)


def verify(result: Draw, *, marginals: Marginals) -> bool:
    """Whether `result` is the draw that its seed and order give for these marginals."""
    return draw(marginals, seed=result.seed, order=result.order) == result


def start_point(seed: str) -> Fraction:
    """The start point u in [0, 1) that the seed gives, a multiple of 2⁻²⁵⁶."""
    return Fraction(_number(f"{TAG}|start|{seed}"), 2**256)


def systematic(
    marginals: Marginals, *, start: Fraction, order: Iterable[int] | None = None
) -> tuple[int, ...]:
    """Positions (ascending) taken by a comb from `start` on, targets laid out in `order` (by default as given).

    Pure arithmetic: target i is taken iff some whole number m has start + m in its stretch [S, S + pᵢ) of the
    line. Raises `BadParameter` for a marginal outside 0..1 and a start outside [0, 1).
    """
    if not 0 <= start < 1:
        raise BadParameter(
            "start",
            Text(en="start must be at least 0 and below 1.", zh="start（起点）必须不小于 0 且小于 1。"),
        )
    ratios = [_ratio(position, value) for position, value in enumerate(marginals)]
    unit = lcm(start.denominator, *{denominator for _, denominator in ratios})
    offset = start.numerator * (unit // start.denominator)
    lined_up = range(len(ratios)) if order is None else order
    end, taken = -offset, []
    for position in lined_up:
        numerator, denominator = ratios[position]
        begin, end = end, end + numerator * (unit // denominator)
        if -(-end // unit) > -(-begin // unit):  # one tooth more below the end than below the beginning
            taken.append(position)
    return tuple(sorted(taken))


def _shuffled(size: int, seed: str) -> list[int]:
    return sorted(range(size), key=lambda position: _number(f"{TAG}|order|{seed}|{position}"))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def _ratio(position: int, value: float | Fraction) -> tuple[int, int]:
    if not 0 <= value <= 1:
        raise BadParameter(
            "marginals",
            Text(
                en=f"marginals must be between 0 and 1; number {position + 1} is {float(value):g}.",
                zh=f"marginals（检查概率）必须在 0 到 1 之间；第 {position + 1} 个是 {float(value):g}。",
            ),
        )
    return value.as_integer_ratio()
