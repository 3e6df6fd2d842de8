"""The farmer's share of the delivery: `cold_chain_bp` of sales, never above `cold_chain_cap_bp`, the whole fee or the
whole guarantee. The cooperative bears the rest, before any surplus is counted, so that nobody pays for the same
delivery twice.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.cold_chain.formulas import FORMULAS
from fieldcast.agreements.clauses.delivery import CARRIAGE
from fieldcast.agreements.clauses.interface import Clause, Part, Taken
from fieldcast.agreements.clauses.reckoning import SALES
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import percent
from fieldcast.kit.money import share_fen

# Cooperatives and farmers bear at most 5–8% of sales for the cold chain.
CAP_LEAST_BP, CAP_MOST_BP = 500, 800


def _cap(values: Mapping[str, Any]) -> int:
    return int(values.get("cold_chain_cap_bp", CAP_MOST_BP))


class ColdChain(Clause):
    """What the farmer bears of the delivery; the only clause that takes from a farmer."""

    name = "cold_chain"
    title = _("Cold-chain share")
    terms = (
        Term(
            name="cold_chain_cap_bp",
            unit=Unit.PART,
            label=_("Cap"),
            help_text=_("From 5 to 8 percent."),
            least=CAP_LEAST_BP,
            most=CAP_MOST_BP,
            default=CAP_MOST_BP,
            initial=CAP_MOST_BP,
        ),
        Term(
            name="cold_chain_bp",
            unit=Unit.PART,
            label=_("The farmer's share of it"),
            help_text=_("In percent of sales, at most the cap below."),
            most=CAP_MOST_BP,
            default=0,
            initial=300,
            limit=_cap,
            wrong=_("This is more than the cap."),
        ),
    )
    needs = ("delivery", "guarantee")
    cost = CARRIAGE
    kinds: ClassVar = {"cold_chain": _("Cold-chain share")}
    formulas = FORMULAS
    labels: ClassVar = {
        **SALES,
        "delivery_fen": _("Delivery"),
        "guarantee_fen": _("Guaranteed"),
        "cold_chain_bp": _("Share of the cold chain"),
        "cold_chain_cap_bp": _("Cap"),
    }

    def says(self, values: Mapping[str, Any]) -> str:
        """The part and its cap."""
        if not values["cold_chain_bp"]:
            return gettext("The farmer bears nothing of the delivery.")
        words = gettext(
            "Of the delivery the farmer bears %(part)s of sales, never more than %(cap)s; "
            "the cooperative bears the rest."
        )
        return words % {
            "part": percent(values["cold_chain_bp"]),
            "cap": percent(values["cold_chain_cap_bp"]),
        }

    def parts(self, line: LineFacts, values: Mapping[str, Any], taken: Taken) -> tuple[Part, ...]:
        """Taken from the farmer, where anything is delivered."""
        delivery_fen, guarantee_fen = taken.of("delivery"), taken.of("guarantee")
        if not values["cold_chain_bp"] or not delivery_fen:
            return ()
        wanted_fen = share_fen(line.net_fen, values["cold_chain_bp"])
        borne_fen = min(wanted_fen, delivery_fen, guarantee_fen)
        if borne_fen == wanted_fen:
            formula = "cold_chain"
        else:  # which limit held, so that the sentence names it
            formula = "cold_chain_whole_fee" if borne_fen == delivery_fen else "cold_chain_whole_guarantee"
        inputs = {
            "product": line.product_code,
            "net_fen": line.net_fen,
            "delivery_fen": delivery_fen,
            "guarantee_fen": guarantee_fen,
            "cold_chain_bp": values["cold_chain_bp"],
            "cold_chain_cap_bp": values["cold_chain_cap_bp"],
        }
        return (
            Part(role="farmer", kind="cold_chain", formula=formula, amount_fen=-borne_fen, inputs=inputs),
        )


COLD_CHAIN = ColdChain()
