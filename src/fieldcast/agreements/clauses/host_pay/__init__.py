"""What the host gets: `host_bp` of sales, and `host_fixed_fen_per_pack` for each pack, less what was refunded of it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.host_pay.formulas import FORMULAS
from fieldcast.agreements.clauses.interface import Clause, Cost, InShort, Part, Taken
from fieldcast.agreements.clauses.reckoning import A_PACK, PACKS, PART, SALES
from fieldcast.agreements.clauses.shapes import LineFacts
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import money, percent
from fieldcast.kit.money import BASIS, share_fen, split_fen


def _left_of_sales(values: Mapping[str, Any]) -> int:
    return BASIS - int(values.get("commission_bp", 0))


class HostPay(Clause):
    """A part of sales and so much a box. With the platform's commission it is at most all of the sale."""

    name = "host_pay"
    title = _("Host pay")
    terms = (
        Term(
            name="host_bp",
            unit=Unit.PART,
            label=_("Host"),
            most=BASIS,
            default=0,
            initial=1000,
            limit=_left_of_sales,
            wrong=_("Commission and host together are more than the whole sale."),
        ),
        Term(
            name="host_fixed_fen_per_pack",
            unit=Unit.FEN,
            label=_("Host, for each box"),
            default=0,
            initial=0,
        ),
    )
    cost = Cost(name="host_fen", label=_("Host"), title=_("Host pay"))
    kinds: ClassVar = {"host_pay": _("Host pay")}
    formulas = FORMULAS
    labels: ClassVar = {**PACKS, **SALES, **PART, **A_PACK, "price_fen": _("Price of a pack")}

    def says(self, values: Mapping[str, Any]) -> str:
        """The part, the fixed pay, or both."""
        part, fixed = percent(values["host_bp"]), money(values["host_fixed_fen_per_pack"])
        if not values["host_fixed_fen_per_pack"]:
            return gettext("The host gets %(part)s of sales.") % {"part": part}
        if not values["host_bp"]:
            return gettext("The host gets %(fixed)s for each box.") % {"fixed": fixed}
        words = gettext("The host gets %(part)s of sales and %(fixed)s for each box.")
        return words % {"part": part, "fixed": fixed}

    def in_short(self, values: Mapping[str, Any]) -> InShort:
        """The part."""
        return InShort(gettext("host %(part)s") % {"part": percent(values["host_bp"])}, "sky")

    def promises(self, values: Mapping[str, Any], role: str) -> tuple[str, ...]:
        """The part, and the fixed pay where there is any, to the host."""
        if role != "host":
            return ()
        part = gettext("%(part)s of sales") % {"part": percent(values["host_bp"])}
        if not values["host_fixed_fen_per_pack"]:
            return (part,)
        return part, gettext("%(fen)s a pack") % {"fen": money(values["host_fixed_fen_per_pack"])}

    def pack_fee_fen(self, values: Mapping[str, Any]) -> int:
        """The fixed pay."""
        return int(values["host_fixed_fen_per_pack"])

    def parts(self, line: LineFacts, values: Mapping[str, Any], _taken: Taken) -> tuple[Part, ...]:
        """Of sales first, then for the packs."""
        found = []
        if values["host_bp"]:
            part_bp = values["host_bp"]
            inputs = {"product": line.product_code, "net_fen": line.net_fen, "part_bp": part_bp}
            found.append(_part("part_of_sales", share_fen(line.net_fen, part_bp), inputs))
        if values["host_fixed_fen_per_pack"]:
            pack_fen = values["host_fixed_fen_per_pack"]
            inputs = {"product": line.product_code, "packs": line.packs, "pack_fen": pack_fen}
            if line.refunded_fen:
                inputs |= {"price_fen": line.price_fen, "net_fen": line.net_fen}
            formula = "per_pack_kept" if line.refunded_fen else "per_pack"
            kept_fen = split_fen(pack_fen * line.packs, [line.net_fen, line.refunded_fen])[0]
            found.append(_part(formula, kept_fen, inputs))
        return tuple(found)


def _part(formula: str, amount_fen: int, inputs: Mapping[str, int | str]) -> Part:
    return Part(role="host", kind="host_pay", formula=formula, amount_fen=amount_fen, inputs=inputs)


HOST_PAY = HostPay()
