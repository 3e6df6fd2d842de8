"""A guaranteed price for every unit sent, by product and grade, also when the buyer got the money back (B1, B4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import Before, Line, LineClause, Part
from fieldcast.agreements.composed.words import of_role
from fieldcast.agreements.problems import ProductNotAgreed


@dataclass(frozen=True)
class Guarantee(LineClause):
    """`price_fen`: product → grade → fen for a unit; under the empty grade the price of every grade."""

    kind: ClassVar = "guarantee"
    title: ClassVar = _("Guaranteed price")
    to: str
    price_fen: Mapping[str, Mapping[str, int]]

    @classmethod
    def read(cls, fields: Fields) -> "Guarantee":
        """From JSON."""
        return cls(to=fields.role("to"), price_fen=fields.graded("price_fen"))

    def unit_fen(self, product: str, grade: str) -> int:
        """The price of a unit. Raises `ProductNotAgreed` for a product or grade without one."""
        grades = self.price_fen.get(product, {})
        found = grades.get(grade, grades.get(""))
        if found is None:
            raise ProductNotAgreed(product=f"{product} {grade}".strip())
        return found

    def parts(self, line: Line, _before: Before) -> tuple[Part, ...]:
        """For every unit."""
        unit_fen = self.unit_fen(line.product, line.grade)
        inputs = {"units": line.units, "unit_fen": unit_fen}
        return (Part(role=self.to, amount_fen=unit_fen * line.units, formula="guarantee", inputs=inputs),)

    def says(self) -> str:
        """The sentence above the prices."""
        words = gettext("Whatever the price in the room, %(role)s gets at least the price of each unit sent.")
        return words % {"role": of_role(self.to)}
