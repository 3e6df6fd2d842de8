"""The commission again, from inputs alone, and in words."""

from django.utils.translation import gettext

from fieldcast.agreements.clauses.reckoning import PART_OF_SALES
from fieldcast.agreements.clauses.shapes import Formula, Inputs


def _nothing(_: Inputs) -> int:
    return 0


def _say_public_benefit(_: Inputs) -> str:
    return gettext("Public-benefit session, no charge")


FORMULAS = (
    PART_OF_SALES,
    Formula("public_benefit", frozenset[str]().__contains__, _nothing, _say_public_benefit),
)
