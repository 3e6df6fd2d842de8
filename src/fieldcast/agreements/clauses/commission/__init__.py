"""What the platform takes: `commission_bp` of sales, nothing where the session is for public benefit.

A fee that is waived is said as a line of zero, to the platform and to the farmer whom it would have cost something.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.commission.formulas import FORMULAS
from fieldcast.agreements.clauses.interface import Clause, Cost, InShort, Part, Taken
from fieldcast.agreements.clauses.reckoning import PART, SALES
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import percent
from fieldcast.kit.money import BASIS, share_fen


class Commission(Clause):
    """The platform's part of sales."""

    name = "commission"
    title = _("Platform commission")
    terms = (
        Term(
            name="commission_bp",
            unit=Unit.PART,
            label=_("Platform commission"),
            most=BASIS,
            default=0,
            initial=200,
        ),
        Term(
            name="public_benefit",
            unit=Unit.FLAG,
            label=_("Public benefit: the platform takes nothing"),
            default=False,
        ),
    )
    cost = Cost(name="commission_fen", label=_("Platform"), title=_("Platform service fee"))
    kinds: ClassVar = {"commission": _("Platform service fee")}
    formulas = FORMULAS
    labels: ClassVar = {**SALES, **PART}

    def says(self, values: Mapping[str, Any]) -> str:
        """The part, or that there is none."""
        if values["public_benefit"]:
            return gettext("Public benefit: the platform takes nothing.")
        return gettext("The platform takes %(part)s of sales.") % {"part": percent(values["commission_bp"])}

    def in_short(self, values: Mapping[str, Any]) -> InShort:
        """The part, or public benefit."""
        if values["public_benefit"]:
            return InShort(gettext("Public benefit"))
        return InShort(gettext("platform %(part)s") % {"part": percent(values["commission_bp"])}, "grey")

    def promises(self, values: Mapping[str, Any], role: str) -> tuple[str, ...]:
        """The part, to the platform."""
        return (percent(values["commission_bp"]),) if role == "platform" else ()

    def commission_bp(self, values: Mapping[str, Any]) -> int:
        """The part."""
        return int(values["commission_bp"])

    def public_benefit(self, values: Mapping[str, Any]) -> bool:
        """Is the fee waived?"""
        return bool(values["public_benefit"])

    def parts(self, line: LineFacts, values: Mapping[str, Any], _taken: Taken) -> tuple[Part, ...]:
        """Of sales after refunds."""
        if values["public_benefit"]:
            return _waived(line, "farmer"), _waived(line, "platform")
        part_bp = values["commission_bp"]
        if not part_bp:
            return ()
        return (
            Part(
                role="platform",
                kind="commission",
                formula="part_of_sales",
                amount_fen=share_fen(line.net_fen, part_bp),
                inputs={"product": line.product_code, "net_fen": line.net_fen, "part_bp": part_bp},
            ),
        )


def _waived(line: LineFacts, role: str) -> Part:
    return Part(
        role=role,
        kind="commission",
        formula="public_benefit",
        amount_fen=0,
        inputs={"product": line.product_code},
        said_only=True,
    )


COMMISSION = Commission()
