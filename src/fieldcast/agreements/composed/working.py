"""Works composed terms out: shares of each line, moves of the period, and what everyone has in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fieldcast.agreements.composed.line.guarantee import Guarantee
from fieldcast.agreements.composed.shapes import (
    FARMER,
    POOL,
    Before,
    Composed,
    Facts,
    Line,
    Move,
    Part,
    Reckoned,
    Share,
)


@dataclass(frozen=True)
class Worked:
    """Shares by line, in the order of the lines and clauses; moves in the order of the clauses; totals by role."""

    lines: Sequence[tuple[Line, tuple[Share, ...]]]
    moves: tuple[Move, ...]
    totals: Mapping[str, int]
    net_fen: int


def work_out(terms: Composed, lines: Sequence[Line], facts: Facts) -> Worked:
    """Everyone's share of lines and period. Raises `ProductNotAgreed`, and `ArithmeticError` if a fen were missing."""
    shared = [(line, line_shares(terms, line)) for line in lines]
    totals: dict[str, int] = {}
    for _line, shares in shared:
        for share in shares:
            totals[share.role] = totals.get(share.role, 0) + share.amount_fen
    net_fen = sum(line.net_fen for line in lines)
    moves = period_moves(terms, facts, Reckoned(net_fen=net_fen, by_role=dict(totals)), held=pools_of(totals))
    for move in moves:
        for who, fen in ((move.giver, -move.amount_fen), (move.taker, move.amount_fen)):
            totals[who] = totals.get(who, 0) + fen
    if sum(totals.values()) != net_fen:
        raise ArithmeticError(f"totals sum to {sum(totals.values())}, not {net_fen}")
    return Worked(lines=shared, moves=moves, totals=dict(sorted(totals.items())), net_fen=net_fen)


def line_shares(terms: Composed, line: Line) -> tuple[Share, ...]:
    """The shares of one line, in the order of the clauses; they sum to its net exactly."""
    before = Before(line, guarantee_fen=_guarantee_fen(terms, line), public_benefit=terms.public_benefit)
    found: list[Share] = []
    for number, clause in terms.line_clauses.items():
        parts = clause.parts(line, before)
        before.add(number, parts)
        found += [_share(part, number) for part in parts]
    if before.left_fen:
        raise ArithmeticError(f"line {line.order_line_id}: {before.left_fen} fen are nobody's")
    return tuple(found)


def _guarantee_fen(terms: Composed, line: Line) -> int | None:
    """What the farmer is guaranteed of the line, known before its turn, because nothing may be borne beyond it; None
    where the terms guarantee the farmer nothing."""
    found = [
        clause.unit_fen(line.product, line.grade) * line.units
        for clause in terms.line_clauses.values()
        if isinstance(clause, Guarantee) and clause.to == FARMER
    ]
    return sum(found) if found else None


def _share(part: Part, number: int) -> Share:
    return Share(
        role=part.role, amount_fen=part.amount_fen, formula=part.formula, inputs=part.inputs, clause=number
    )


def pools_of(by_role: Mapping[str, int]) -> dict[str, int]:
    """What each pool got of lines, by its name."""
    return {role.removeprefix(POOL): fen for role, fen in by_role.items() if role.startswith(POOL)}


def period_moves(
    terms: Composed, facts: Facts, lines: Reckoned, *, held: Mapping[str, int]
) -> tuple[Move, ...]:
    """What moves for a period, clause by clause. `held`: what each pool holds, what was carried over to it included."""
    left = dict(held)
    found: list[Move] = []
    for number, clause in terms.period_clauses.items():
        here = {**dict.fromkeys(clause.pools, 0), **left}
        moves = clause.moves(facts, lines, here, number)
        for move in moves:
            if move.giver.startswith(POOL):
                left[move.giver.removeprefix(POOL)] -= move.amount_fen
        found += moves
    return tuple(found)
