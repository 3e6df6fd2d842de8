"""The rest again, from inputs alone, and in words."""

from django.utils.translation import gettext

from fieldcast.agreements.clauses.reckoning import above, number, of_remainder, say_with_remainder
from fieldcast.agreements.clauses.shapes import Formula, Inputs


def _rest(inputs: Inputs) -> int:
    return above(inputs) - number(inputs, "rebate_fen")


def _say_rest(inputs: Inputs) -> str:
    words = gettext("%(realised)s left after costs − %(guaranteed)s guaranteed − %(rebate)s rebate")
    return say_with_remainder(words, inputs)


def _say_shortfall(inputs: Inputs) -> str:
    words = gettext(
        "%(realised)s are left after costs, less than the guaranteed %(guaranteed)s; "
        "the cooperative covers the difference"
    )
    return say_with_remainder(words, inputs)


FORMULAS = (
    Formula("cooperative_rest", of_remainder, _rest, _say_rest),
    Formula("guarantee_shortfall", of_remainder, _rest, _say_shortfall),
)
