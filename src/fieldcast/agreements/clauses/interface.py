"""What a clause is: terms with bounds, a share with the formula that explains it, and its words.

Copy a neighbour's folder to write one: `__init__.py` holds the clause, `formulas.py` works its amounts out again in its
own way. A model (`agreements.waterfalls`) then numbers it and gives it its place in the waterfall.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.shapes import Formula, Inputs, LineFacts
from fieldcast.agreements.clauses.term import Term
from fieldcast.kit.errors import Sentence


class Basis(StrEnum):
    """What a clause is reckoned on: an order line, all of a session, or all of a period."""

    LINE = "line"
    SESSION = "session"
    PERIOD = "period"

    @property
    def words(self) -> Sentence:
        """What people call it."""
        return _BASES[self]


_BASES: Mapping[Basis, Sentence] = {
    Basis.LINE: _("order line"),
    Basis.SESSION: _("session"),
    Basis.PERIOD: _("period"),
}


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a clause takes, as those who share what remains see it.

    `name` is the input of their formulas, a word in `_fen`; `label` what a statement calls it there; `title` what
    stands beside a price. Clauses with the same name add up under it.
    """

    name: str
    label: Sentence
    title: Sentence


@dataclass(frozen=True, kw_only=True)
class Part:
    """What a clause gives a role of a line, or takes from it. `said_only`: zero, because it is worth saying."""

    role: str
    kind: str
    formula: str
    amount_fen: int
    inputs: Inputs
    said_only: bool = False


class InShort(NamedTuple):
    """A clause in a few words, and the colour of the chip that shows them."""

    words: str
    tone: str = ""


class Taken:
    """What the clauses of a waterfall have taken from a line so far."""

    def __init__(self, line: LineFacts) -> None:
        self.left_fen = line.net_fen
        self._line = line
        self._by_clause: dict[str, int] = {}
        self._costs: dict[str, int] = {}

    def add(self, clause: "Clause", parts: Iterable[Part]) -> None:
        """Take what a clause gives, also where that is nothing."""
        fen = sum(part.amount_fen for part in parts)
        self.left_fen -= fen
        self._by_clause[clause.name] = fen
        if clause.cost is not None:
            self._costs[clause.cost.name] = self._costs.get(clause.cost.name, 0) + fen

    def of(self, name: str) -> int:
        """What a clause before took in all; nothing where the model has no such clause."""
        return self._by_clause.get(name, 0)

    def as_inputs(self) -> dict[str, int | str]:
        """From sales down to here: the inputs of everything that shares what remains."""
        line = self._line
        goods = {"packs": line.packs, "net_fen": line.net_fen, "guarantee_fen": 0}
        return {"product": line.product_code, **goods, **self._costs}


class Clause:
    """A clause. It asks nothing but its arguments: no database, clock or chance.

    `needs`: clauses that stand before it in every waterfall that has it. `kinds`: what a statement calls each kind of
    its shares. `labels`: what the inputs of its formulas are called; one without a name is not shown. `shares_rest`:
    it only hands out what remains, so no price has promised it; every other clause is a cost.
    """

    name: ClassVar[str]
    title: ClassVar[Sentence]
    basis: ClassVar[Basis] = Basis.LINE
    terms: ClassVar[tuple[Term, ...]] = ()
    needs: ClassVar[tuple[str, ...]] = ()
    cost: ClassVar[Cost | None] = None
    kinds: ClassVar[Mapping[str, Sentence]] = {}
    formulas: ClassVar[tuple[Formula, ...]] = ()
    labels: ClassVar[Mapping[str, Sentence]] = {}
    shares_rest: ClassVar[bool] = False

    def says(self, values: Mapping[str, Any]) -> str:
        """The clause with its figures, as an agreement's page says it."""
        raise NotImplementedError

    def in_short(self, _values: Mapping[str, Any]) -> InShort | None:
        """A few words for a list of agreements; None where it is not worth them."""
        return None

    def parts(self, _line: LineFacts, _values: Mapping[str, Any], _taken: Taken) -> tuple[Part, ...]:
        """What it gives of a line, in the order of a statement. A clause that gives nothing has none."""
        return ()

    def sells(self, _values: Mapping[str, Any], _product_code: str) -> bool:
        """May this product be sold under it?"""
        return True

    def floor_fen(self, _values: Mapping[str, Any], _product_code: str) -> int:
        """What the farmer is paid at least for one lot unit, whatever the price."""
        return 0

    def pack_fee_fen(self, _values: Mapping[str, Any]) -> int:
        """What it takes for each pack, whatever the price."""
        return 0

    def promises(self, _values: Mapping[str, Any], _role: str) -> tuple[str, ...]:
        """What it promises a role, in the few words in which that role's own page adds it up."""
        return ()

    def pays(self, _values: Mapping[str, Any]) -> frozenset[str]:
        """Roles whose part in an agreement depends on being paid by this clause, and are."""
        return frozenset()

    def after_sale_seconds(self, _values: Mapping[str, Any]) -> int:
        """How long after receipt a sale stays open."""
        return 0

    def commission_bp(self, _values: Mapping[str, Any]) -> int:
        """What part of sales the platform takes."""
        return 0

    def public_benefit(self, _values: Mapping[str, Any]) -> bool:
        """Does the platform waive its fee?"""
        return False
