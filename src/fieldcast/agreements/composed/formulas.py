"""Every amount once more, from its inputs alone: written apart from the clauses, in exact fractions, on purpose.

`work_again` gives what a share or a move should be; what differs from what it is, is money that nobody can explain.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from fieldcast.agreements.clauses.shapes import UnknownFormula
from fieldcast.agreements.composed.shapes import Inputs, Move, Part


def work_again(formula: str, inputs: Inputs) -> int:
    """The amount in fen that a formula gives for inputs. Raises `UnknownFormula`."""
    try:
        return _FORMULAS[formula](inputs)
    except (KeyError, TypeError, ValueError, ArithmeticError) as wrong:
        raise UnknownFormula(f"{formula}: {wrong!r}") from wrong


def unexplained_fen(amounts: Iterable[Part | Move]) -> int:
    """Fen that no formula explains: the sum of |amount − worked again|, or the whole amount where that cannot be."""
    total = 0
    for one in amounts:
        try:
            total += abs(one.amount_fen - work_again(one.formula, one.inputs))
        except UnknownFormula:
            total += abs(one.amount_fen)
    return total


def _nearest(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def _rate(basis_points: int) -> Fraction:
    return Fraction(basis_points, 10_000)


def _handed(whole: int, written: Sequence[tuple[str, int]], who: str) -> int:
    """One part of a sum by weights: everyone's part rounded down, what is missing to the largest fractions in turn."""
    weights = dict(written)
    exact = {name: Fraction(whole * weight, sum(weights.values())) for name, weight in weights.items()}
    parts = {name: floor(part) for name, part in exact.items()}
    missing = whole - sum(parts.values())
    for name in sorted(exact, key=lambda name: parts[name] - exact[name])[:missing]:
        parts[name] += 1
    return parts[who]


def _share_of_sales(given: Inputs) -> int:
    return _nearest(given["net_fen"] * _rate(given["rate_bp"]))


def _per_pack(given: Inputs) -> int:
    return int(given["fen"] * given["packs"])


def _per_pack_kept(given: Inputs) -> int:
    return _nearest(Fraction(given["net_fen"], given["paid_fen"]) * given["packs"] * given["fen"])


def _guarantee(given: Inputs) -> int:
    return int(given["unit_fen"] * given["units"])


def _borne(given: Inputs) -> int:
    wanted = _nearest(given["net_fen"] * _rate(given["rate_bp"]))
    for limit in ("of_fen", "guarantee_fen"):
        if limit in given and wanted > given[limit]:
            wanted = given[limit]
    return -wanted if wanted > 0 else 0


def _rebate(given: Inputs) -> int:
    left = given["left_fen"]
    return _nearest(left * _rate(given["rate_bp"])) if left > 0 else 0


def _split(given: Inputs) -> int:
    left = given["left_fen"]
    return _handed(left, given["weights"], given["role"]) if left > 0 else 0


def _rest(given: Inputs) -> int:
    return int(given["left_fen"])


def _base_pay(given: Inputs) -> int:
    share = min(Fraction(1), Fraction(given["held"], given["agreed"]))
    return _nearest(share * given["fen"])


def _tiered_bonus(given: Inputs) -> int:
    bonus, below = Fraction(0), 0
    for end, rate_bp in given["tiers"]:
        above = given["net_fen"] - below
        wide = above if end is None else min(above, end - below)
        if wide <= 0:
            break
        bonus += wide * _rate(rate_bp)
        below += wide
    return _nearest(bonus)


def _to_taker(given: Inputs) -> int:
    return _handed(given["amount_fen"], given["weights"], given["taker"])


def _unsold(given: Inputs) -> int:
    worth = sum(given["price_fen"][grade] * units for grade, units in given["units"].items())
    return _handed(max(0, worth - given["salvage_fen"]), given["weights"], given["giver"])


def _shortfall(given: Inputs) -> int:
    if given["force_majeure"]:
        return 0
    least = given["quantity"] - floor(given["quantity"] * _rate(given["tolerance_bp"]))
    owed = (least - given["delivered"]) * given["fen_per_unit"]
    return int(max(0, min(owed, given["cap_fen"])))


def _late_interest(given: Inputs) -> int:
    a_day = Fraction(given["ppm_per_day"], 1_000_000)
    return sum(_nearest(due * days * a_day) for due, days in given["late"])


_FORMULAS: Mapping[str, Callable[[Mapping[str, Any]], int]] = {
    "waived": lambda _given: 0,
    "nothing_left": lambda given: 0 if given["left_fen"] <= 0 else int(given["left_fen"]),
    "share_of_sales": _share_of_sales,
    "per_pack": _per_pack,
    "per_pack_kept": _per_pack_kept,
    "guarantee": _guarantee,
    "borne": _borne,
    "rebate": _rebate,
    "split": _split,
    "rest": _rest,
    "base_pay": _base_pay,
    "tiered_bonus": _tiered_bonus,
    "by_points": _to_taker,
    "by_performance": _to_taker,
    "by_shares": _to_taker,
    "unsold": _unsold,
    "shortfall": _shortfall,
    "late_interest": _late_interest,
}
