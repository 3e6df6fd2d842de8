"""What goes into a composed agreement and comes out of it: order lines and facts of a period; shares and moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from fieldcast.agreements.clauses.shapes import LineFigures
from fieldcast.kit.errors import Sentence

FARMER = "farmer"
PLATFORM = "platform"
NOBODYS = frozenset({FARMER, PLATFORM})  # the farmer comes with the lot, the platform with the house
POOL = "pool:"
MOST = 10**12  # of anything that is counted: more is a slip

Inputs = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Line(LineFigures):
    """A finished order line of a product's grade."""

    product: str
    grade: str

    @property
    def units(self) -> int:
        """Lot units sent."""
        return self.packs * self.units_per_pack


@dataclass(frozen=True, kw_only=True)
class Late:
    """A sum that was paid `days` after it was due."""

    due_fen: int
    days: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What was recorded of an agreement and a period. Holders, units and points are whole numbers, zero or more.

    `performance`: accepted units by their grade's weight, by household. `shares`: holders of land, capital, labour or
    technology. `accepted` and `sold`: lot units by grade. `salvage_fen`: what the unsold still brought.
    """

    sessions_held: int = 0
    points: Mapping[str, int] = field(default_factory=dict)
    performance: Mapping[str, int] = field(default_factory=dict)
    shares: Mapping[str, int] = field(default_factory=dict)
    accepted: Mapping[str, int] = field(default_factory=dict)
    sold: Mapping[str, int] = field(default_factory=dict)
    salvage_fen: int = 0
    delivered: int = 0
    force_majeure: bool = False
    late: Sequence[Late] = ()

    def check(self) -> None:
        """Raises `ValueError`, naming it, for a figure from outside that is no whole number of zero or more."""
        figures: dict[str, Any] = {
            "sessions_held": self.sessions_held,
            "salvage_fen": self.salvage_fen,
            "delivered": self.delivered,
        }
        for name in ("points", "performance", "shares", "accepted", "sold"):
            given = getattr(self, name)
            if not isinstance(given, Mapping):
                raise ValueError(name)
            figures |= {f"{name}.{key}": value for key, value in given.items()}
        for at, one in enumerate(self.late, start=1):
            figures |= {f"late[{at}].due_fen": one.due_fen, f"late[{at}].days": one.days}
        for name, value in figures.items():
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
                raise ValueError(f"{name} = {value!r:.60}")


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a clause gives a role, and how it came about: `inputs` are all that its formula needs."""

    role: str
    amount_fen: int
    formula: str
    inputs: Inputs


@dataclass(frozen=True, kw_only=True)
class Share(Part):
    """A part of an order line, with the number of the clause that gives it."""

    clause: int


@dataclass(frozen=True, kw_only=True)
class Move:
    """A sum that a clause of the period moves from one party to another; `amount_fen` is above zero."""

    clause: int
    giver: str
    taker: str
    amount_fen: int
    formula: str
    inputs: Inputs


class Before:
    """What the clauses before have taken from a line: what is left, and what each of them gave."""

    def __init__(self, line: Line, *, guarantee_fen: int | None, public_benefit: bool) -> None:
        self.left_fen = line.net_fen
        self.guarantee_fen = guarantee_fen
        self.public_benefit = public_benefit
        self._given: dict[int, int] = {}

    def add(self, number: int, parts: Sequence[Part]) -> None:
        """Take what clause `number` gives."""
        self._given[number] = sum(part.amount_fen for part in parts)
        self.left_fen -= self._given[number]

    def of(self, number: int) -> int:
        """What clause `number` gave in all. Raises `KeyError` for one that stands later."""
        return self._given[number]


class Clause:
    """A clause of any kind."""

    kind: ClassVar[str]
    title: ClassVar[Sentence]

    @property
    def roles(self) -> tuple[str, ...]:
        """Every role, and every `pool:NAME`, that the clause names, in the order in which they are written."""
        named = [getattr(self, name, "") for name in ("giver", "to", "unclaimed")]
        for name in ("weights", "bearers"):
            named += getattr(self, name, {})
        return tuple(dict.fromkeys(role for role in named if role))

    def says(self) -> str:
        """The clause with its figures, in the active language."""
        raise NotImplementedError


class LineClause(Clause):
    """A clause that shares an order line. `kind` is what terms call it, `title` what people do."""

    def parts(self, line: Line, before: Before) -> tuple[Part, ...]:
        """What it gives of a line, also where that is nothing."""
        raise NotImplementedError


@dataclass(frozen=True)
class Reckoned:
    """What the lines of a period came to: sales after refunds, and what each role got of them."""

    net_fen: int
    by_role: Mapping[str, int]


class PeriodClause(Clause):
    """A clause that moves money for a whole period. `pools` are those that it shares out."""

    @property
    def pools(self) -> tuple[str, ...]:
        """Names of the pools that it shares out, without `pool:`."""
        return ()

    def moves(self, facts: Facts, lines: Reckoned, held: Mapping[str, int], number: int) -> tuple[Move, ...]:
        """What moves; `held` is what each pool holds when its turn comes. Moves of nothing are left out."""
        raise NotImplementedError


class PromiseClause(Clause):
    """A clause that holds when something happens, and moves nothing by itself."""


@dataclass(frozen=True, kw_only=True)
class Composed:
    """Terms that were composed: clauses by their numbers, in the order of money. Made by `read_terms`, which checks."""

    public_benefit: bool
    after_sale_seconds: int
    line_clauses: Mapping[int, LineClause]
    period_clauses: Mapping[int, PeriodClause]
    promise_clauses: Mapping[int, PromiseClause] = field(default_factory=dict)

    @property
    def clauses(self) -> Mapping[int, Clause]:
        """Every clause by its number."""
        return {**self.line_clauses, **self.period_clauses, **self.promise_clauses}

    def in_words(self) -> tuple[tuple[int, str], ...]:
        """Every clause with its figures, by its number, in the active language."""
        return tuple((number, one.says()) for number, one in self.clauses.items())
