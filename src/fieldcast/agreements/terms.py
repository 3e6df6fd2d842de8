"""The terms of an agreement: a model of sharing and a value for each term of its clauses, valid and never changed.

Shares are basis points (10,000 = all), amounts whole fen, times seconds. A statement names the clause that put each
amount there, by its number in the model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldcast.agreements import waterfalls
from fieldcast.agreements.clauses.interface import InShort
from fieldcast.agreements.clauses.term import Unit
from fieldcast.agreements.problems import ProductNotAgreed, TermMissing, TermUnknown
from fieldcast.agreements.waterfalls.guarantee_rebate import GUARANTEE_REBATE
from fieldcast.agreements.waterfalls.model import Model
from fieldcast.kit.errors import Sentence


@dataclass(frozen=True)
class ClauseWords:
    """A clause as people read it. `prices`: fen by product code, only in a clause that says prices."""

    number: int
    title: Sentence
    text: str
    prices: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, init=False)
class Terms:
    """`Terms(rebate_bp=3500, …)`; what is not said is as its clause begins. `terms["rebate_bp"]` reads a term.

    Raises `TermMissing`, `TermUnknown` or `TermsRefused`, naming clause, value and allowed range.
    """

    model_name: str = field(init=False)
    values: Mapping[str, Any] = field(init=False)

    def __init__(self, /, *, model: str = GUARANTEE_REBATE.name, **said: Any) -> None:
        known = waterfalls.models()
        if not isinstance(model, str) or model not in known:
            raise TermUnknown(term=str(model), known=", ".join(known))
        terms = known[model].terms
        for term in said:
            if term not in terms:
                raise TermUnknown(term=term, known=", ".join([*terms, "model"]))
        values: dict[str, Any] = {}
        for name, placed in terms.items():
            if name not in said and placed.term.default is None:
                raise TermMissing(clause=placed.number, title=placed.clause.title, term=name)
            value = said.get(name, placed.term.default)
            values[name] = placed.term.taken(
                value, values=values, clause=placed.number, title=placed.clause.title
            )
        object.__setattr__(self, "model_name", model)
        object.__setattr__(self, "values", values)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Terms":
        """Read terms as `to_json` wrote them, or as a form gives them. Raises as `Terms` does."""
        return cls(**{str(name): value for name, value in data.items()})

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; `from_json` gives the same terms back."""
        return {**self.values, "model": self.model_name}

    def __getitem__(self, term: str) -> Any:
        return self.values[term]

    def changed(self, /, **terms: Any) -> "Terms":
        """These terms with some others. Raises as `Terms` does."""
        return Terms(**{**self.to_json(), **terms})

    @property
    def model(self) -> Model:
        """The model of sharing."""
        return waterfalls.models()[self.model_name]

    @property
    def after_sale_seconds(self) -> int:
        """From receipt until the sale is final."""
        return max(one.after_sale_seconds(self.values) for one in self.model.waterfall.values())

    @property
    def public_benefit(self) -> bool:
        """Does the platform take nothing?"""
        return any(one.public_benefit(self.values) for one in self.model.waterfall.values())

    @property
    def pack_fees_fen(self) -> int:
        """What each pack costs, whatever its price."""
        return sum(one.pack_fee_fen(self.values) for one in self.model.waterfall.values())

    def sells(self, product_code: str) -> bool:
        """May this product be sold under these terms?"""
        return all(one.sells(self.values, product_code) for one in self.model.waterfall.values())

    def floor_fen(self, *, product_code: str, units: int = 1) -> int:
        """What the farmer is paid at least for so many lot units, whatever the price. Raises `ProductNotAgreed`."""
        if not self.sells(product_code):
            raise ProductNotAgreed(product=product_code)
        return units * sum(one.floor_fen(self.values, product_code) for one in self.model.waterfall.values())

    def guaranteed(self) -> dict[str, int]:
        """What the farmer is paid at least for a unit of each product that a price is said for."""
        codes = {code for _number, _title, found in self.prices() for code in found}
        return {code: self.floor_fen(product_code=code) for code in sorted(codes) if self.sells(code)}

    def pays(self, role: str) -> bool:
        """Is this role, which signs only where it is paid, promised anything?"""
        return any(role in one.pays(self.values) for one in self.model.waterfall.values())

    def promises(self, role: str) -> str:
        """What a role is promised of each sale, in a few words of the active language; empty where that is nothing."""
        said = [words for _, one in self.model.clauses for words in one.promises(self.values, role)]
        return " + ".join(said)

    def in_words(self) -> tuple[ClauseWords, ...]:
        """Every clause with its figures, in the active language."""
        return tuple(
            ClauseWords(number, clause.title, clause.says(self.values), self._prices(number))
            for number, clause in self.model.clauses
        )

    def in_short(self) -> tuple[InShort, ...]:
        """A few words of each clause that is worth them in a list, the later clauses first, in the active language."""
        found = (clause.in_short(self.values) for _number, clause in reversed(self.model.clauses))
        return tuple(one for one in found if one is not None)

    def prices(self) -> tuple[tuple[int, Sentence, tuple[str, ...]], ...]:
        """Each clause that says prices: its number, its title and the products it says one for."""
        return tuple(
            (number, clause.title, tuple(code for code, _fen in said))
            for number, clause in self.model.clauses
            if (said := self._prices(number))
        )

    def _prices(self, number: int) -> tuple[tuple[str, int], ...]:
        found = [
            self.values[term.name].items()
            for term in self.model.waterfall[number].terms
            if term.unit == Unit.PRICES
        ]
        return tuple(pair for pairs in found for pair in pairs)
