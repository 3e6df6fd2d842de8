"""The models of sharing, a module each: waterfalls of clauses. To add one, copy a neighbour and list it in `BOOK`.

Terms say their model by its name, so a name is never changed once something was agreed under it. A formula's key and a
kind of share mean the same in every model, because statements keep them for ever.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from fieldcast.agreements.clauses.interface import Clause, Cost
from fieldcast.agreements.clauses.shapes import Formula, UnknownFormula
from fieldcast.agreements.waterfalls.guarantee_rebate import GUARANTEE_REBATE
from fieldcast.agreements.waterfalls.model import Model
from fieldcast.kit.errors import Sentence

_Meaning = TypeVar("_Meaning")


@dataclass(frozen=True)
class Book:
    """Models by name, and what their clauses say of formulas, kinds of share, costs and inputs.

    Raises `ValueError` when two clauses mean different things by one key.
    """

    models: Mapping[str, Model]
    formulas: Mapping[str, Formula] = field(init=False)
    kinds: Mapping[str, tuple[Clause, Sentence]] = field(init=False)
    costs: Mapping[str, Cost] = field(init=False)
    labels: Mapping[str, Sentence] = field(init=False)

    def __post_init__(self) -> None:
        clauses = [clause for model in self.models.values() for clause in model.waterfall.values()]
        costs = [clause.cost for clause in clauses if clause.cost is not None]
        labels = {cost.name: cost.label for cost in costs}
        for clause in clauses:
            labels |= clause.labels
        found = {
            "formulas": _once((one.key, one) for clause in clauses for one in clause.formulas),
            "kinds": _once(
                (kind, (clause, title)) for clause in clauses for kind, title in clause.kinds.items()
            ),
            "costs": _once((cost.name, cost) for cost in costs),
            "labels": labels,
        }
        for name, mapping in found.items():
            object.__setattr__(self, name, mapping)

    def adding(self, *models: Model) -> "Book":
        """The book with more models in it."""
        return Book({**self.models, **{model.name: model for model in models}})


def _once(pairs: Iterable[tuple[str, _Meaning]]) -> dict[str, _Meaning]:
    found: dict[str, _Meaning] = {}
    for key, value in pairs:
        if found.setdefault(key, value) != value:
            raise ValueError(f"two clauses mean different things by {key}")
    return found


BOOK = Book({GUARANTEE_REBATE.name: GUARANTEE_REBATE})


def models() -> Mapping[str, Model]:
    """The models by name; the first is what a new agreement begins with."""
    return BOOK.models


def formula_of(key: str) -> Formula:
    """The formula of this key. Raises `UnknownFormula`."""
    if key not in BOOK.formulas:
        raise UnknownFormula(key)
    return BOOK.formulas[key]


def clause_of(kind: str) -> Clause:
    """The clause that gives this kind of share. Raises `KeyError`."""
    return BOOK.kinds[kind][0]


def kind_title(kind: str) -> str:
    """What a statement calls this kind of share, in the active language. Raises `KeyError` for an unknown kind."""
    return str(BOOK.kinds[kind][1])


def cost_title(name: str) -> str:
    """What stands beside a price for this cost, in the active language. Raises `KeyError` for an unknown cost."""
    return str(BOOK.costs[name].title)


def input_title(name: str) -> str | None:
    """What an input of a formula is called, in the active language; None for one that is nobody's word."""
    return str(BOOK.labels[name]) if name in BOOK.labels else None
