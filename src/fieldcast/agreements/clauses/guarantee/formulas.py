"""The guarantee again, from inputs alone, and in words."""

from fieldcast.agreements.clauses.reckoning import number, packs_at
from fieldcast.agreements.clauses.shapes import Formula, Inputs


def _guarantee(inputs: Inputs) -> int:
    return number(inputs, "packs") * number(inputs, "units_per_pack") * number(inputs, "guarantee_unit_fen")


def _say_guarantee(inputs: Inputs) -> str:
    return packs_at(inputs, number(inputs, "units_per_pack") * number(inputs, "guarantee_unit_fen"))


FORMULAS = (Formula("guarantee", frozenset({"packs"}).__contains__, _guarantee, _say_guarantee),)
