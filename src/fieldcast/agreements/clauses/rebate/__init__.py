"""The farmer's part of what remains above the guarantee: `rebate_bp` of it, nothing where nothing remains."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.interface import Clause, Cost, InShort, Part, Taken
from fieldcast.agreements.clauses.rebate.formulas import FORMULAS
from fieldcast.agreements.clauses.reckoning import PACKS, SALES
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import percent
from fieldcast.kit.money import BASIS, share_fen


class Rebate(Clause):
    """Second rebate."""

    name = "rebate"
    title = _("Second rebate")
    terms = (
        Term(
            name="rebate_bp",
            unit=Unit.PART,
            label=_("Second rebate"),
            help_text=_("The farmer's part of what is left above the guarantee."),
            most=BASIS,
            initial=3500,
        ),
    )
    needs = ("guarantee",)
    cost = Cost(name="rebate_fen", label=_("Rebate"), title=_("Second rebate"))
    kinds: ClassVar = {"rebate": _("Second rebate")}
    formulas = FORMULAS
    labels: ClassVar = {**PACKS, **SALES, "rebate_bp": _("Rebate")}
    shares_rest = True

    def says(self, values: Mapping[str, Any]) -> str:
        """The part."""
        return gettext(
            "Of what is left above the guarantee the farmer gets %(rebate)s, the cooperative the rest."
        ) % {"rebate": percent(values["rebate_bp"])}

    def in_short(self, values: Mapping[str, Any]) -> InShort:
        """The part."""
        return InShort(gettext("rebate %(part)s") % {"part": percent(values["rebate_bp"])})

    def parts(self, _line: LineFacts, values: Mapping[str, Any], taken: Taken) -> tuple[Part, ...]:
        """Of what the clauses before left, if they left anything."""
        rate_bp = values["rebate_bp"]
        if not rate_bp:
            return ()
        left = taken.left_fen > 0
        return (
            Part(
                role="farmer",
                kind="rebate",
                formula="rebate" if left else "no_rebate",
                amount_fen=share_fen(taken.left_fen, rate_bp) if left else 0,
                inputs={**taken.as_inputs(), "rebate_bp": rate_bp},
            ),
        )


REBATE = Rebate()
