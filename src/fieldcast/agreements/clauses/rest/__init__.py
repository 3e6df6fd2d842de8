"""What stays with the cooperative, and with it the fen that rounding leaves: all that no clause before took, or what it
must put in where they took more. It stands last among the clauses that share (see `calculation.rounding`).
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.interface import Clause, Part, Taken
from fieldcast.agreements.clauses.reckoning import PACKS, SALES
from fieldcast.agreements.clauses.rest.formulas import FORMULAS
from fieldcast.agreements.clauses.shapes import LineFacts


class Rest(Clause):
    """The cooperative's rest; below zero, the guarantee that it covers."""

    name = "rest"
    title = _("What stays with the cooperative")
    kinds: ClassVar = {
        "cooperative_rest": _("What stays with the cooperative"),
        "guarantee_shortfall": _("Guarantee covered by the cooperative"),
    }
    formulas = FORMULAS
    labels: ClassVar = {**PACKS, **SALES, "guarantee_fen": _("Guaranteed"), "rebate_fen": _("Rebate")}
    shares_rest = True

    def says(self, _values: Mapping[str, Any]) -> str:
        """Both ways it can come out."""
        return gettext(
            "What is left after all of this. "
            "Where less than the guarantee is left, the cooperative covers the difference."
        )

    def parts(self, _line: LineFacts, _values: Mapping[str, Any], taken: Taken) -> tuple[Part, ...]:
        """Everything that is left."""
        kind = "cooperative_rest" if taken.left_fen >= 0 else "guarantee_shortfall"
        inputs = {"rebate_fen": 0, **taken.as_inputs()}
        return (Part(role="cooperative", kind=kind, formula=kind, amount_fen=taken.left_fen, inputs=inputs),)


REST = Rest()
