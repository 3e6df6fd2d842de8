"""The host's pay again, from inputs alone, and in words."""

from django.utils.translation import gettext

from fieldcast.agreements.clauses.reckoning import PART_OF_SALES, PER_PACK, nearest, number
from fieldcast.agreements.clauses.shapes import Formula, Inputs
from fieldcast.agreements.clauses.words import money


def _per_pack_kept(inputs: Inputs) -> int:
    return nearest(number(inputs, "pack_fen") * number(inputs, "net_fen"), number(inputs, "price_fen"))


def _say_per_pack_kept(inputs: Inputs) -> str:
    return gettext("%(fixed)s for each %(price)s of the %(sales)s that stayed paid") % {
        "fixed": money(number(inputs, "pack_fen")),
        "price": money(number(inputs, "price_fen")),
        "sales": money(number(inputs, "net_fen")),
    }


FORMULAS = (
    PART_OF_SALES,
    PER_PACK,
    Formula(
        "per_pack_kept", frozenset({"packs", "net_fen"}).__contains__, _per_pack_kept, _say_per_pack_kept
    ),
)
