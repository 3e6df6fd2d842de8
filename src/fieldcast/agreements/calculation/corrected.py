"""Formulas that belong to no clause: what a refund changed of a settled share, what one party bears by decision."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.shapes import Formula, Inputs
from fieldcast.agreements.clauses.words import money

CORRECTED: Final = "corrected"
BORNE: Final = "borne_by_decision"
TITLES: Final = {BORNE: _("Borne by decision")}


def corrected(formula_of: Callable[[str], Formula]) -> Formula:
    """What a share is after a refund, less what it was: nothing where the clause gives nothing any more."""

    def after(inputs: Inputs) -> int:
        return formula_of(str(inputs["of"])).compute(inputs["inputs"]) if "of" in inputs else 0

    def say(inputs: Inputs) -> str:
        words = formula_of(str(inputs["of"])).sentence(inputs["inputs"]) if "of" in inputs else ""
        said = gettext("after a refund %(now)s instead of %(was)s")
        places: dict[str, Any] = {"now": money(after(inputs)), "was": money(int(inputs["was_fen"]))}
        return f"{said % places} ({words})" if words else said % places

    return Formula(CORRECTED, lambda _name: False, lambda inputs: after(inputs) - int(inputs["was_fen"]), say)


def _say_borne(inputs: Inputs) -> str:
    words = gettext("the loss is borne as decided (%(decision)s)")
    return words % {"decision": inputs["decision"]}


BY_DECISION: Final = Formula(BORNE, lambda _name: False, lambda inputs: int(inputs["fen"]), _say_borne)
