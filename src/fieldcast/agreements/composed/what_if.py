"""What everyone would earn if price, volume, returns and unsold were other than in a case: before anybody signs.

A case gives the lines of a usual period. The grid works its terms out for each combination of prices and volumes (in
basis points of those lines), returns (of what is sold, in money) and unsold (of what was picked and accepted).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from fieldcast.agreements.composed.rounding import half_up, part_of
from fieldcast.agreements.composed.shapes import FARMER, Composed, Facts, Line
from fieldcast.agreements.composed.working import work_out
from fieldcast.kit.money import BASIS


@dataclass(frozen=True, kw_only=True)
class Axes:
    """What is tried of each, in basis points: 10,000 is the price, or the volume, of the case."""

    price_bp: tuple[int, ...] = (8000, 10_000, 12_000)
    volume_bp: tuple[int, ...] = (5000, 10_000, 15_000)
    returned_bp: tuple[int, ...] = (0, 500, 2000)
    unsold_bp: tuple[int, ...] = (0, 2000)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One combination and what it comes to: fen by role."""

    price_bp: int
    volume_bp: int
    returned_bp: int
    unsold_bp: int
    net_fen: int
    totals: Mapping[str, int]

    @property
    def farmer_fen(self) -> int:
        """What the farmer has of it."""
        return self.totals.get(FARMER, 0)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of the long chain: so many fen of a pack, or so much on top of what it paid. None: nobody knows."""

    name: str
    fen: int | None = None
    added_bp: int | None = None


def grid(terms: Composed, lines: Sequence[Line], facts: Facts, axes: Axes) -> tuple[Cell, ...]:
    """Every combination, in the order of the axes. Raises as `work_out` does."""
    return tuple(
        _cell(terms, lines, facts, *each)
        for each in product(axes.price_bp, axes.volume_bp, axes.returned_bp, axes.unsold_bp)
    )


def worst_for_farmer(cells: Iterable[Cell]) -> Cell:
    """The combination in which the farmer has least; of equal ones the first. Raises `ValueError` without any."""
    return min(cells, key=lambda cell: cell.farmer_fen)


def share_bp(part_fen: int, whole_fen: int) -> int | None:
    """A part in basis points, half up; None of nothing."""
    if whole_fen <= 0:
        return None
    sign = -1 if part_fen < 0 else 1
    return sign * half_up(abs(part_fen) * BASIS, whole_fen)


def chain_share_bp(stages: Sequence[Stage], *, consumer_fen: int | None) -> int | None:
    """What the first stage, the farmer, has of what the consumer pays in the long chain, in basis points.

    Fen of a stage are added to what the stage before paid, `added_bp` on top of it. With the consumer's price the
    stages need not reach it; without, the last one is the consumer's. A stage that nobody knows is a gap, not a zero:
    then, or where the farmer's own is missing, there is no answer.
    """
    if not stages or stages[0].fen is None:
        return None
    price_fen = farmer_fen = stages[0].fen
    for stage in stages[1:]:
        if stage.fen is not None:
            price_fen += stage.fen
        elif stage.added_bp is not None:
            price_fen += part_of(price_fen, stage.added_bp)
        else:
            return None
    return share_bp(farmer_fen, consumer_fen if consumer_fen is not None else price_fen)


def sold_lines(
    lines: Sequence[Line], *, price_bp: int, volume_bp: int, returned_bp: int, unsold_bp: int
) -> tuple[list[Line], list[Line]]:
    """What was picked and accepted of the lines of a case, and what was sold of it."""
    picked = [
        replace(line, packs=part_of(line.packs, volume_bp), refunded_fen=0)
        for line in lines
        if _some(line, volume_bp)
    ]
    sold = [
        _sold(line, price_bp, returned_bp, unsold_bp) for line in picked if _some(line, BASIS - unsold_bp)
    ]
    return picked, sold


def _cell(
    terms: Composed,
    lines: Sequence[Line],
    facts: Facts,
    price_bp: int,
    volume_bp: int,
    returned_bp: int,
    unsold_bp: int,
) -> Cell:
    picked, sold = sold_lines(
        lines, price_bp=price_bp, volume_bp=volume_bp, returned_bp=returned_bp, unsold_bp=unsold_bp
    )
    seen = replace(
        facts, accepted=_by_grade(picked), sold=_by_grade(sold), delivered=sum(one.units for one in picked)
    )
    worked = work_out(terms, sold, seen)
    return Cell(
        price_bp=price_bp,
        volume_bp=volume_bp,
        returned_bp=returned_bp,
        unsold_bp=unsold_bp,
        net_fen=worked.net_fen,
        totals=worked.totals,
    )


def _some(line: Line, rate_bp: int) -> bool:
    """Is there a whole pack left of it?"""
    return part_of(line.packs, rate_bp) > 0


def _sold(line: Line, price_bp: int, returned_bp: int, unsold_bp: int) -> Line:
    packs = part_of(line.packs, BASIS - unsold_bp)
    price_fen = max(1, part_of(line.price_fen, price_bp))
    return replace(
        line, packs=packs, price_fen=price_fen, refunded_fen=part_of(packs * price_fen, returned_bp)
    )


def _by_grade(lines: Iterable[Line]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.grade] = found.get(line.grade, 0) + line.units
    return found
