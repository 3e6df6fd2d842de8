"""What every kind of terms says of itself, whether it follows a model of sharing or was composed clause by clause."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldcast.agreements.bonds.types import BondTerm, PenaltyTerm
from fieldcast.agreements.clauses.interface import InShort
from fieldcast.agreements.clauses.shapes import LineFacts, Share
from fieldcast.agreements.composed.promise.validity import Validity
from fieldcast.agreements.composed.shapes import Composed
from fieldcast.agreements.problems import ProductNotAgreed
from fieldcast.kit.errors import Sentence


@dataclass(frozen=True)
class Price:
    """What is guaranteed for a unit of a product; of one grade, or of every grade where it is empty."""

    product_code: str
    grade: str
    fen: int


@dataclass(frozen=True)
class ClauseWords:
    """A clause as people read it. `prices`: only in a clause that says prices."""

    number: int
    title: Sentence
    text: str
    prices: tuple[Price, ...] = ()


class AgreedTerms(ABC):
    """Valid terms, never changed. Shares are basis points, amounts whole fen, times seconds.

    `grade` is a lot's; None where nobody has said which: then what is said holds of the dearest.
    """

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; `reading.terms_from_json` gives the same terms back."""

    @property
    @abstractmethod
    def roles(self) -> Mapping[str, int]:
        """Roles that a party must be named for, each with the number of the clause that first names it (0: all do)."""

    @property
    @abstractmethod
    def after_sale_seconds(self) -> int:
        """From receipt until the sale is final."""

    @property
    @abstractmethod
    def public_benefit(self) -> bool:
        """Does the platform take nothing?"""

    @property
    @abstractmethod
    def commission_bp(self) -> int:
        """What the platform takes of sales."""

    @property
    @abstractmethod
    def pack_fees_fen(self) -> int:
        """What each pack costs, whatever its price."""

    @property
    @abstractmethod
    def rounded_amounts(self) -> int:
        """How many amounts of a line are rounded, each by itself."""

    @abstractmethod
    def sells(self, product_code: str, grade: str | None = None) -> bool:
        """May this product be sold under these terms?"""

    @abstractmethod
    def unit_floor_fen(self, product_code: str, grade: str | None) -> int:
        """What the farmer is paid at least for a unit of what may be sold."""

    @abstractmethod
    def prices(self) -> tuple[tuple[int, Sentence, tuple[Price, ...]], ...]:
        """Each clause that says prices: its number, its title and the prices."""

    @abstractmethod
    def pays(self, role: str) -> bool:
        """Is this role, which signs only where it is paid, promised anything?"""

    @abstractmethod
    def promises(self, role: str) -> str:
        """What a role is promised of each sale, in a few words of the active language; empty where that is nothing."""

    @abstractmethod
    def in_words(self) -> tuple[ClauseWords, ...]:
        """Every clause with its figures, in the active language."""

    @abstractmethod
    def in_short(self) -> tuple[InShort, ...]:
        """A few words of each clause that is worth them in a list, in the active language."""

    @abstractmethod
    def shares(self, line: LineFacts) -> tuple[Share, ...]:
        """Everyone's share of a line; they sum to `line.net_fen` exactly. Raises `ProductNotAgreed`."""

    @abstractmethod
    def must_be_settled(self) -> None:
        """Raises `BasisUnsettled` for the first clause that nobody settles."""

    def damage_bp(self, _damaged: int, _units: int) -> int | None:
        """What part of a price goes back where so many of so many units are damaged; None: exactly the damaged part."""
        return None

    @property
    def pools(self) -> tuple[str, ...]:
        """Every `pool:NAME` that a clause of the line fills; a sheet of the period shares them out."""
        return ()

    @property
    def bonds(self) -> tuple[BondTerm, ...]:
        """Bonds that parties leave."""
        return ()

    @property
    def penalties(self) -> tuple[PenaltyTerm, ...]:
        """Penalties that may be confirmed."""
        return ()

    @property
    def validity(self) -> Validity | None:
        """How long it holds, where it says so."""
        return None

    @property
    def composed(self) -> Composed | None:
        """Its clauses, where it was composed; a month of those that have clauses of the period gets a sheet."""
        return None

    def floor_fen(self, *, product_code: str, units: int = 1, grade: str | None = None) -> int:
        """What the farmer is paid at least for so many lot units, whatever the price. Raises `ProductNotAgreed`."""
        if not self.sells(product_code, grade):
            raise ProductNotAgreed(product=product_code)
        return units * self.unit_floor_fen(product_code, grade)

    def guaranteed(self) -> dict[tuple[str, str], int]:
        """What the farmer is paid at least for a unit of each product and grade that a price is said for."""
        said = {(one.product_code, one.grade) for _number, _title, found in self.prices() for one in found}
        return {
            (code, grade): self.unit_floor_fen(code, grade or None)
            for code, grade in sorted(said)
            if self.sells(code, grade or None)
        }

    def usual_grade(self, product_code: str) -> str:
        """The first grade that a price is said for; empty where grades make no difference."""
        found = (
            one.grade
            for _number, _title, said in self.prices()
            for one in said
            if one.product_code == product_code
        )
        return next(found, "")
