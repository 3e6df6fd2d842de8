"""Arithmetic and words for formulas, and the formulas that several clauses share.

Formulas work each amount out again from inputs alone. They are written apart from the clauses' own arithmetic on
purpose and never use `kit.money` for it: settlement compares the two, and what differs is money nobody can explain.
"""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.shapes import Formula, Inputs
from fieldcast.agreements.clauses.words import money, percent
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS

PACKS: Mapping[str, Sentence] = {"packs": _("Packs")}
SALES: Mapping[str, Sentence] = {"net_fen": _("Sales after refunds")}
PART: Mapping[str, Sentence] = {"part_bp": _("Part")}
A_PACK: Mapping[str, Sentence] = {"pack_fen": _("For each box")}
_NO_COSTS = frozenset({"net_fen", "guarantee_fen", "rebate_fen"})


def number(inputs: Inputs, name: str) -> int:
    """An input that must be a whole number. Raises `ValueError` for anything else, `KeyError` when it is missing."""
    value = inputs[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} is {value!r}, not a whole number")
    return value


def nearest(dividend: int, divisor: int) -> int:
    """The nearest whole number, half up, of two that are not negative: how every amount is rounded, each by itself."""
    return (2 * dividend + divisor) // (2 * divisor)


def realised(inputs: Inputs) -> int:
    """What is left of sales for the goods themselves, after all costs: whatever else stands in fen beside the sales."""
    left_fen = number(inputs, "net_fen")
    for name in inputs:
        if name.endswith("_fen") and name not in _NO_COSTS:
            left_fen -= number(inputs, name)
    return left_fen


def above(inputs: Inputs) -> int:
    """What remains above the guarantee; below zero, what is missing."""
    return realised(inputs) - number(inputs, "guarantee_fen")


def of_remainder(name: str) -> bool:
    """Which inputs of what remains add up: boxes, and everything in fen."""
    return name == "packs" or name.endswith("_fen")


def packs_at(inputs: Inputs, pack_fen: int) -> str:
    """So many boxes at so much."""
    packs = number(inputs, "packs")
    return ngettext("%(packs)s box × %(price)s", "%(packs)s boxes × %(price)s", packs) % {
        "packs": f"{packs:,}",
        "price": money(pack_fen),
    }


def say_with_remainder(words: str, inputs: Inputs) -> str:
    """A sentence with what is left after costs, the guarantee and the rebate filled in."""
    return words % {
        "realised": money(realised(inputs)),
        "guaranteed": money(number(inputs, "guarantee_fen")),
        "rebate": money(number(inputs, "rebate_fen") if "rebate_fen" in inputs else 0),
    }


def _part_of_sales(inputs: Inputs) -> int:
    return nearest(number(inputs, "net_fen") * number(inputs, "part_bp"), BASIS)


def _say_part_of_sales(inputs: Inputs) -> str:
    return gettext("%(rate)s of %(sales)s") % {
        "rate": percent(number(inputs, "part_bp")),
        "sales": money(number(inputs, "net_fen")),
    }


def _per_pack(inputs: Inputs) -> int:
    return number(inputs, "packs") * number(inputs, "pack_fen")


def _say_per_pack(inputs: Inputs) -> str:
    return packs_at(inputs, number(inputs, "pack_fen"))


PART_OF_SALES = Formula(
    "part_of_sales", frozenset({"net_fen"}).__contains__, _part_of_sales, _say_part_of_sales
)
PER_PACK = Formula("per_pack", frozenset({"packs"}).__contains__, _per_pack, _say_per_pack)
