"""The rebate again, from inputs alone, and in words."""

from django.utils.translation import gettext

from fieldcast.agreements.clauses.reckoning import (
    above,
    nearest,
    number,
    of_remainder,
    realised,
    say_with_remainder,
)
from fieldcast.agreements.clauses.shapes import Formula, Inputs
from fieldcast.agreements.clauses.words import money, percent
from fieldcast.kit.money import BASIS


def _rebate(inputs: Inputs) -> int:
    return nearest(max(0, above(inputs)) * number(inputs, "rebate_bp"), BASIS)


def _say_rebate(inputs: Inputs) -> str:
    """A box at a time where that comes out in whole fen, as people reckon; else on the sums."""
    packs, left, guarantee = number(inputs, "packs"), realised(inputs), number(inputs, "guarantee_fen")
    rate = percent(number(inputs, "rebate_bp"))
    if left % packs == 0 and guarantee % packs == 0:
        return gettext("(%(realised)s − %(guaranteed)s) × %(rate)s × %(packs)s") % {
            "realised": money(left // packs),
            "guaranteed": money(guarantee // packs),
            "rate": rate,
            "packs": f"{packs:,}",
        }
    return gettext("(%(realised)s − %(guaranteed)s) × %(rate)s") % {
        "realised": money(left),
        "guaranteed": money(guarantee),
        "rate": rate,
    }


def _say_no_rebate(inputs: Inputs) -> str:
    words = gettext("%(realised)s are left after costs, not more than the guaranteed %(guaranteed)s")
    return say_with_remainder(words, inputs)


FORMULAS = (
    Formula("rebate", of_remainder, _rebate, _say_rebate),
    Formula("no_rebate", of_remainder, _rebate, _say_no_rebate),
)
