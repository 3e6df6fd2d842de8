"""From the moves of a period to what each party gets or gives of them. Pure.

A role is a party of the version; `household:12` is that household; a pool keeps its own account. What moves to *the
farmer*, or from it, is of all households whose goods it is about: handed out by what each has a part in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fieldcast.agreements.calculation import Share
from fieldcast.agreements.composed import Move
from fieldcast.agreements.composed.explaining import FARMERS, FARMERS_GIVE, GIVEN, PREFIX
from fieldcast.agreements.composed.rounding import paired, split
from fieldcast.agreements.composed.shapes import FARMER, POOL, Composed
from fieldcast.agreements.composed.words import HOUSEHOLD
from fieldcast.agreements.roles import COOPERATIVE, PLATFORM
from fieldcast.agreements.types import VersionView
from fieldcast.settlement.periods.gathering import Gathered
from fieldcast.settlement.shares import party_of, pool_party


@dataclass(frozen=True)
class Moved:
    """A move between parties: from each giver, below zero, to each taker. Amounts of the two sides sum to zero."""

    givers: tuple[Share, ...]
    takers: tuple[Share, ...]


def sides_of(move: Move, *, version: VersionView, composed: Composed, gathered: Gathered) -> Moved:
    """The sides of a move."""
    kind = PREFIX + composed.period_clauses[move.clause].kind
    weights = _weights(move, version, gathered)

    def side(party: str, role: str, formula: str, inputs: Mapping[str, Any], fen: int) -> Share:
        return Share(
            party=party,
            role=role,
            clause=move.clause,
            kind=kind,
            formula=formula,
            inputs=inputs,
            amount_fen=fen,
        )

    def sides(role: str, sign: int) -> tuple[Share, ...]:
        if role != FARMER:
            prefix = PREFIX if sign > 0 else GIVEN
            return (side(*_party(role, version), prefix + move.formula, move.inputs, sign * move.amount_fen),)
        given = {"of": move.formula, "inputs": dict(move.inputs), "weights": paired(weights)}
        formula = FARMERS if sign > 0 else FARMERS_GIVE
        return tuple(
            side(party, FARMER, formula, {**given, "taker": party}, sign * fen)
            for party, fen in split(move.amount_fen, weights).items()
            if fen
        )

    return Moved(givers=sides(move.giver, -1), takers=sides(move.taker, 1))


BY_LOSS: Final = "unsold"
BY_DELAY: Final = "late_interest"
ALIKE: Final = "shortfall"


def _weights(move: Move, version: VersionView, gathered: Gathered) -> dict[str, int]:
    """What each household has a part in; the cooperative stands for its members where nobody has."""
    if FARMER not in (move.giver, move.taker):
        return {}
    if move.formula == BY_LOSS:
        prices = move.inputs["price_fen"]
        found = {
            party: sum(units * prices.get(grade, 0) for grade, units in grades.items())
            for party, grades in gathered.unsold.items()
        }
    elif move.formula == BY_DELAY:
        found = {
            party: sum(days * fen for days, fen in sums.items()) for party, sums in gathered.late.items()
        }
    elif move.formula == ALIKE:
        found = dict.fromkeys(gathered.farmers, 1)
    else:
        found = {party: max(0, fen) for party, fen in gathered.farmers.items()}
    return found if any(found.values()) else {party_of(version.parties[COOPERATIVE.name]): 1}


def _party(role: str, version: VersionView) -> tuple[str, str]:
    """The party of a role in the book, and the role that its statement is issued under."""
    if role == PLATFORM.name:
        return PLATFORM.name, role
    if role.startswith(POOL):
        return pool_party(version.agreement_id, role), role
    if role.startswith(HOUSEHOLD):
        return party_of(int(role.removeprefix(HOUSEHOLD))), FARMER
    return party_of(version.parties[role]), role
