"""What the cooperative takes for sorting and packing: `handling_fen_per_pack` for each pack, whatever was refunded."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.interface import Clause, Cost, Part, Taken
from fieldcast.agreements.clauses.reckoning import A_PACK, PACKS, PER_PACK
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import money


class Handling(Clause):
    """Sorting and packing."""

    name = "handling"
    title = _("Sorting and packing")
    terms = (
        Term(
            name="handling_fen_per_pack",
            unit=Unit.FEN,
            label=_("Cooperative, sorting and packing each box"),
            default=0,
            initial=120,
        ),
    )
    cost = Cost(name="handling_fen", label=_("Sorting and packing"), title=_("Sorting and packing"))
    kinds: ClassVar = {"handling": _("Sorting and packing")}
    formulas = (PER_PACK,)
    labels: ClassVar = {**PACKS, **A_PACK}

    def says(self, values: Mapping[str, Any]) -> str:
        """The pay."""
        fee = money(values["handling_fen_per_pack"])
        return gettext("The cooperative gets %(fee)s for each box.") % {"fee": fee}

    def pack_fee_fen(self, values: Mapping[str, Any]) -> int:
        """The pay."""
        return int(values["handling_fen_per_pack"])

    def parts(self, line: LineFacts, values: Mapping[str, Any], _taken: Taken) -> tuple[Part, ...]:
        """For every pack."""
        pack_fen = values["handling_fen_per_pack"]
        if not pack_fen:
            return ()
        return (
            Part(
                role="cooperative",
                kind="handling",
                formula="per_pack",
                amount_fen=pack_fen * line.packs,
                inputs={"product": line.product_code, "packs": line.packs, "pack_fen": pack_fen},
            ),
        )


HANDLING = Handling()
