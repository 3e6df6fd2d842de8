"""What the carrier is owed: `logistics_fen_per_pack` for each pack that left, whatever was refunded.

It stands with the cooperative's costs, less what the cold-chain share lets the farmer bear of it.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.interface import Clause, Cost, Part, Taken
from fieldcast.agreements.clauses.reckoning import A_PACK, PACKS, PER_PACK
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import money

CARRIAGE = Cost(
    name="carriage_fen",
    label=_("Delivery borne by the cooperative"),
    title=_("Delivery borne by the cooperative"),
)


class Delivery(Clause):
    """The carrier's fee."""

    name = "delivery"
    title = _("Delivery")
    terms = (
        Term(
            name="logistics_fen_per_pack",
            unit=Unit.FEN,
            label=_("Carrier, for each box"),
            default=0,
            initial=680,
        ),
    )
    cost = CARRIAGE
    kinds: ClassVar = {"logistics": _("Delivery")}
    formulas = (PER_PACK,)
    labels: ClassVar = {**PACKS, **A_PACK}

    def says(self, values: Mapping[str, Any]) -> str:
        """The fee."""
        fee = money(values["logistics_fen_per_pack"])
        return gettext("The carrier gets %(fee)s for each box.") % {"fee": fee}

    def pack_fee_fen(self, values: Mapping[str, Any]) -> int:
        """The fee."""
        return int(values["logistics_fen_per_pack"])

    def pays(self, values: Mapping[str, Any]) -> frozenset[str]:
        """The carrier, if anything is promised in its name."""
        return frozenset({"carrier"} if values["logistics_fen_per_pack"] else ())

    def parts(self, line: LineFacts, values: Mapping[str, Any], _taken: Taken) -> tuple[Part, ...]:
        """For every pack."""
        pack_fen = values["logistics_fen_per_pack"]
        if not pack_fen:
            return ()
        return (
            Part(
                role="carrier",
                kind="logistics",
                formula="per_pack",
                amount_fen=pack_fen * line.packs,
                inputs={"product": line.product_code, "packs": line.packs, "pack_fen": pack_fen},
            ),
        )


DELIVERY = Delivery()
