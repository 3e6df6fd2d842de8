"""Terms that follow a model of sharing: a value for each term of its clauses, valid and never changed.

Shares are basis points (10,000 = all), amounts whole fen, times seconds. A statement names the clause that put each
amount there, by its number in the model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldcast.agreements import waterfalls
from fieldcast.agreements.agreed import AgreedTerms, ClauseWords, Price
from fieldcast.agreements.clauses.interface import InShort
from fieldcast.agreements.clauses.shapes import LineFacts, Share
from fieldcast.agreements.clauses.term import Unit
from fieldcast.agreements.problems import TermMissing, TermUnknown
from fieldcast.agreements.waterfalls.guarantee_rebate import GUARANTEE_REBATE
from fieldcast.agreements.waterfalls.model import Model
from fieldcast.kit.errors import Sentence

ROUNDED = 3


@dataclass(frozen=True, init=False)
class Terms(AgreedTerms):
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

    @property
    def commission_bp(self) -> int:
        """What the platform takes of sales."""
        return (
            0
            if self.public_benefit
            else sum(one.commission_bp(self.values) for one in self.model.waterfall.values())
        )

    @property
    def rounded_amounts(self) -> int:
        """Commission, host pay and the share of the cold chain."""
        return ROUNDED

    @property
    def roles(self) -> Mapping[str, int]:
        """Those of the model."""
        return {role.name: 0 for role in self.model.roles}

    def sells(self, product_code: str, grade: str | None = None) -> bool:
        """May this product be sold under these terms? The grade makes no difference."""
        return all(one.sells(self.values, product_code) for one in self.model.waterfall.values())

    def unit_floor_fen(self, product_code: str, grade: str | None) -> int:
        """What all clauses guarantee for a unit."""
        return sum(one.floor_fen(self.values, product_code) for one in self.model.waterfall.values())

    def shares(self, line: LineFacts) -> tuple[Share, ...]:
        """As the model shares it. Raises `ProductNotAgreed`, and `BasisUnsettled`."""
        return self.model.shares(line=line, values=self.values)

    def must_be_settled(self) -> None:
        """Raises `BasisUnsettled`."""
        self.model.must_be_settled()

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

    def prices(self) -> tuple[tuple[int, Sentence, tuple[Price, ...]], ...]:
        """Each clause that says prices: its number, its title and the prices."""
        return tuple(
            (number, clause.title, said)
            for number, clause in self.model.clauses
            if (said := self._prices(number))
        )

    def _prices(self, number: int) -> tuple[Price, ...]:
        return tuple(
            Price(product_code=code, grade="", fen=fen)
            for term in self.model.waterfall[number].terms
            if term.unit == Unit.PRICES
            for code, fen in self.values[term.name].items()
        )


def following_a_model(terms: AgreedTerms) -> Terms:
    """These terms, which follow a model. Raises `ValueError` for terms that were composed."""
    if not isinstance(terms, Terms):
        raise ValueError("these terms were composed")
    return terms
