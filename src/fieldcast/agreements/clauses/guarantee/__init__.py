"""What the farmer is paid at least: `guarantee_fen` of a product for every lot unit sent, whatever was refunded.

A product without a price here cannot be sold under the agreement.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.guarantee.formulas import FORMULAS
from fieldcast.agreements.clauses.interface import Clause, Cost, Part, Taken
from fieldcast.agreements.clauses.reckoning import PACKS
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.problems import ProductNotAgreed


class Guarantee(Clause):
    """Guaranteed purchase. `guarantee_fen`: product code → fen for one lot unit (380 = ¥3.80 a jin)."""

    name = "guarantee"
    title = _("Guaranteed purchase")
    terms = (
        Term(
            name="guarantee_fen",
            unit=Unit.PRICES,
            asked_as="price",
            least=1,
            wrong=_("Guarantee a price for at least one product."),
        ),
    )
    cost = Cost(name="guarantee_fen", label=_("Guaranteed"), title=_("Guaranteed purchase"))
    kinds: ClassVar = {"guarantee": _("Guaranteed purchase")}
    formulas = FORMULAS
    labels: ClassVar = {
        **PACKS,
        "units_per_pack": _("In a pack"),
        "guarantee_unit_fen": _("Guaranteed for one unit"),
    }

    def says(self, _values: Mapping[str, Any]) -> str:
        """The sentence above the prices."""
        return gettext("Whatever the price in the room, the farmer is paid at least:")

    def sells(self, values: Mapping[str, Any], product_code: str) -> bool:
        """Has the product a price?"""
        return product_code in values["guarantee_fen"]

    def floor_fen(self, values: Mapping[str, Any], product_code: str) -> int:
        """The product's price."""
        return int(values["guarantee_fen"].get(product_code, 0))

    def parts(self, line: LineFacts, values: Mapping[str, Any], _taken: Taken) -> tuple[Part, ...]:
        """For every unit sent. Raises `ProductNotAgreed`."""
        if not self.sells(values, line.product_code):
            raise ProductNotAgreed(product=line.product_code)
        unit_fen = values["guarantee_fen"][line.product_code]
        return (
            Part(
                role="farmer",
                kind="guarantee",
                formula="guarantee",
                amount_fen=unit_fen * line.units_per_pack * line.packs,
                inputs={
                    "product": line.product_code,
                    "packs": line.packs,
                    "units_per_pack": line.units_per_pack,
                    "guarantee_unit_fen": unit_fen,
                },
            ),
        )


GUARANTEE = Guarantee()
