"""What a model of sharing is: clauses in the order in which they take from a sale, and steps that ask for terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fieldcast.agreements.clauses.interface import Basis, Clause, Part, Taken
from fieldcast.agreements.clauses.shapes import LineFacts, Share
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.problems import BasisUnsettled
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, HOST, ROLES, Role
from fieldcast.kit.errors import Sentence


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the form in which the terms are agreed: terms by name, in the order in which they are asked for."""

    title: Sentence
    lead: Sentence
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """A term with the clause that holds it and the clause's number in the model."""

    number: int
    clause: Clause
    term: Term


@dataclass(frozen=True, kw_only=True)
class Model:
    """A way of sharing a sale.

    `waterfall`: the clauses by their number on paper, in the order of money: each sees what those before it left.
    `steps`: every term stands in one of them. `roles`: who must be named in such an agreement; what is sold needs a
    cooperative, a host and a carrier, so these are always among them.

    Raises `ValueError` for a model that cannot work: numbers with a gap, a clause before what it needs, a term that is
    asked for never or twice, a step of nothing but yes or no (a form could not tell "no" from "not asked yet").
    """

    name: str
    title: Sentence
    waterfall: Mapping[int, Clause]
    steps: tuple[Step, ...]
    roles: tuple[Role, ...] = (COOPERATIVE, HOST, CARRIER)

    def __post_init__(self) -> None:
        if sorted(self.waterfall) != list(range(1, len(self.waterfall) + 1)):
            raise ValueError(f"{self.name}: clauses are numbered from 1 without a gap")
        before: set[str] = set()
        for clause in self.waterfall.values():
            if missing := set(clause.needs) - before:
                raise ValueError(f"{self.name}: {clause.name} needs {', '.join(sorted(missing))} before it")
            before.add(clause.name)
        held = [term.name for clause in self.waterfall.values() for term in clause.terms]
        if sorted(held) != sorted(term for step in self.steps for term in step.terms):
            raise ValueError(f"{self.name}: each term is asked for in one step")
        if any(all(self.terms[name].term.unit == Unit.FLAG for name in step.terms) for step in self.steps):
            raise ValueError(f"{self.name}: a step asks for more than yes or no")
        if not {COOPERATIVE, HOST, CARRIER} <= set(self.roles):
            raise ValueError(f"{self.name}: an agreement names a cooperative, a host and a carrier")

    @cached_property
    def clauses(self) -> tuple[tuple[int, Clause], ...]:
        """The clauses in the order of their numbers."""
        return tuple(sorted(self.waterfall.items()))

    @cached_property
    def terms(self) -> Mapping[str, Placed]:
        """Every term by its name, in the order of the clauses."""
        return {
            term.name: Placed(number, clause, term)
            for number, clause in self.clauses
            for term in clause.terms
        }

    def shares(self, *, line: LineFacts, values: Mapping[str, Any]) -> tuple[Share, ...]:
        """The shares of a line, by role and clause; what is only said comes last. They sum to `line.net_fen` exactly.

        Raises `BasisUnsettled`, `ProductNotAgreed`, and `ArithmeticError` when not a fen may be missing and one is.
        """
        self.must_be_settled()
        taken = Taken(line)
        found: list[tuple[int, Part]] = []
        for number, clause in self.waterfall.items():
            parts = clause.parts(line, values, taken)
            taken.add(clause, parts)
            found += [(number, part) for part in parts]
        if taken.left_fen:
            raise ArithmeticError(
                f"line {line.order_line_id}: shares sum to {line.net_fen - taken.left_fen}, not {line.net_fen}"
            )
        order = {role: place for place, role in enumerate(ROLES)}
        found.sort(key=lambda one: (order[one[1].role], one[1].said_only, one[0]))
        return tuple(_share(line, number, part) for number, part in found)

    def must_be_settled(self) -> None:
        """Raises `BasisUnsettled` for the first clause that is reckoned on more than an order line."""
        for number, clause in self.clauses:
            if clause.basis != Basis.LINE:
                raise BasisUnsettled(clause=number, title=clause.title, basis=clause.basis.words)


def _share(line: LineFacts, number: int, part: Part) -> Share:
    return Share(
        party=line.parties.of(part.role),
        role=part.role,
        clause=number,
        kind=part.kind,
        formula=part.formula,
        inputs=part.inputs,
        amount_fen=part.amount_fen,
    )
