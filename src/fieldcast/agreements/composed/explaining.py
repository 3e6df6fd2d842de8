"""Every formula of composed terms as statements keep it: worked out again, said in words, and which inputs add up.

On a statement kinds and formulas begin with `composed:`, because there they stand beside those of the models for ever.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.reckoning import packs_at
from fieldcast.agreements.clauses.shapes import Formula, Inputs
from fieldcast.agreements.clauses.words import money, percent
from fieldcast.agreements.composed.formulas import work_again
from fieldcast.agreements.composed.line import LINE
from fieldcast.agreements.composed.line.rebate import Rebate
from fieldcast.agreements.composed.line.rest import Rest
from fieldcast.agreements.composed.line.split import Split
from fieldcast.agreements.composed.period import PERIOD
from fieldcast.kit.errors import Sentence

PREFIX: Final = "composed:"
GIVEN: Final = "composed:from:"
FARMERS: Final = "composed:farmers"  # what is theirs together, handed to each
FARMERS_GIVE: Final = "composed:from:farmers"
# What adds up when lines are shown as one; whatever else differs makes another sum.
_ADDS_UP: Final = frozenset({"packs", "units", "net_fen", "paid_fen", "left_fen", "of_fen", "guarantee_fen"})
# Of a period everything stands for itself: its amounts are moved once.
_PERIOD: Final = frozenset(
    {
        "base_pay",
        "tiered_bonus",
        "by_points",
        "by_performance",
        "by_shares",
        "unsold",
        "shortfall",
        "late_interest",
    }
)
SHARES_REST: Final = frozenset(PREFIX + one.kind for one in (Rebate, Split, Rest))
KINDS: Final[Mapping[str, Sentence]] = {
    PREFIX + kind: title for kinds in (LINE, PERIOD) for kind, (title, _read) in kinds.items()
}
LABELS: Final[Mapping[str, Sentence]] = {
    "packs": _("Packs"),
    "fen": _("For each box"),
    "units": _("Units"),
    "unit_fen": _("Price of a unit"),
    "net_fen": _("Sales after refunds"),
    "paid_fen": _("Sales before refunds"),
    "rate_bp": _("Part"),
    "left_fen": _("Left by the clauses before"),
    "of_fen": _("The clause it is borne of"),
    "amount_fen": _("What is handed out"),
}


def _of_sales(given: Inputs) -> str:
    return gettext("%(rate)s of %(sales)s") % {
        "rate": percent(_int(given, "rate_bp")),
        "sales": _fen(given, "net_fen"),
    }


def _per_pack(given: Inputs) -> str:
    return packs_at(given, _int(given, "fen"))


def _per_pack_kept(given: Inputs) -> str:
    words = gettext("%(packs)s, in the proportion of %(net)s that stayed of %(paid)s")
    return words % {"packs": _per_pack(given), "net": _fen(given, "net_fen"), "paid": _fen(given, "paid_fen")}


def _guarantee(given: Inputs) -> str:
    return f"{_int(given, 'units'):,} × {_fen(given, 'unit_fen')}"


def _borne(given: Inputs) -> str:
    limits = [_fen(given, name) for name in ("of_fen", "guarantee_fen") if name in given]
    words = gettext("%(part)s is borne, never more than %(limits)s")
    return words % {"part": _of_sales(given), "limits": gettext(" or ").join(limits)}


def _rebate(given: Inputs) -> str:
    return gettext("%(rate)s of the %(left)s that are left") % {
        "rate": percent(_int(given, "rate_bp")),
        "left": _fen(given, "left_fen"),
    }


def _split(given: Inputs) -> str:
    return _parts_of(given, str(given["role"]), _int(given, "left_fen"))


def _rest(given: Inputs) -> str:
    left_fen = _int(given, "left_fen")
    if left_fen < 0:
        return gettext("the clauses before took %(fen)s more than there was") % {"fen": money(-left_fen)}
    return gettext("%(fen)s left by the clauses before") % {"fen": money(left_fen)}


def _nothing_left(_given: Inputs) -> str:
    return gettext("the clauses before left nothing")


def _waived(_given: Inputs) -> str:
    return gettext("public benefit: waived")


def _base_pay(given: Inputs) -> str:
    words = gettext("%(fen)s × sessions held %(held)s ÷ agreed %(agreed)s")
    held = min(_int(given, "held"), _int(given, "agreed"))
    return words % {"fen": _fen(given, "fen"), "held": held, "agreed": given["agreed"]}


def _tiered_bonus(given: Mapping[str, Any]) -> str:
    """Each tier that sales reached, with what fell into it."""
    said, below = [], 0
    for end, rate_bp in given["tiers"]:
        above = given["net_fen"] - below
        wide = above if end is None else min(above, end - below)
        if wide <= 0:
            break
        said.append(f"{money(wide)} × {percent(rate_bp)}")
        below += wide
    return " + ".join(said)


def _handed(given: Inputs) -> str:
    return _parts_of(given, str(given["taker"]), _int(given, "amount_fen"))


def _unsold(given: Mapping[str, Any]) -> str:
    """Each grade, what it brought all the same, and whose part this is."""
    grades = [
        f"{grade} {units:,} × {money(given['price_fen'][grade])}" for grade, units in given["units"].items()
    ]
    words = " + ".join(grades)
    if given["salvage_fen"]:
        words += f" − {money(given['salvage_fen'])}"
    weights = dict(given["weights"])
    return gettext("%(sum)s, of it %(mine)s of %(all)s parts") % {
        "sum": words,
        "mine": weights[given["giver"]],
        "all": sum(weights.values()),
    }


def _shortfall(given: Mapping[str, Any]) -> str:
    words = gettext(
        "%(delivered)s delivered of %(quantity)s (%(tolerance)s less allowed), %(fen)s each, %(cap)s at most"
    )
    return words % {
        "delivered": f"{given['delivered']:,}",
        "quantity": f"{given['quantity']:,}",
        "tolerance": percent(given["tolerance_bp"]),
        "fen": money(given["fen_per_unit"]),
        "cap": money(given["cap_fen"]),
    }


def _late_interest(given: Mapping[str, Any]) -> str:
    sums = " + ".join(
        gettext("%(fen)s × days late: %(days)s") % {"fen": money(due), "days": days}
        for due, days in given["late"]
    )
    return gettext("(%(sums)s) × %(rate)s a day") % {
        "sums": sums,
        "rate": f"{given['ppm_per_day'] / 10_000:g}%",
    }


_SAID: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "waived": _waived,
    "nothing_left": _nothing_left,
    "share_of_sales": _of_sales,
    "per_pack": _per_pack,
    "per_pack_kept": _per_pack_kept,
    "guarantee": _guarantee,
    "borne": _borne,
    "rebate": _rebate,
    "split": _split,
    "rest": _rest,
    "base_pay": _base_pay,
    "tiered_bonus": _tiered_bonus,
    "by_points": _handed,
    "by_performance": _handed,
    "by_shares": _handed,
    "unsold": _unsold,
    "shortfall": _shortfall,
    "late_interest": _late_interest,
}


def _formula(name: str, said: Callable[[Mapping[str, Any]], str]) -> Formula:
    adds_up = frozenset[str]() if name in _PERIOD else _ADDS_UP
    return Formula(PREFIX + name, adds_up.__contains__, lambda given: work_again(name, given), said)


def _given_away(name: str, said: Callable[[Mapping[str, Any]], str]) -> Formula:
    """The same amount on the sheet of who gives it."""
    return Formula(GIVEN + name, lambda _name: False, lambda given: -work_again(name, given), said)


def _part_of(key: str, sign: int) -> Formula:
    """A part of what is worked out for all farmers together: `of` says how, `weights` who gets how much of it."""

    def compute(given: Inputs) -> int:
        whole = {"amount_fen": work_again(str(given["of"]), given["inputs"])}
        return sign * work_again("by_points", {**whole, "weights": given["weights"], "taker": given["taker"]})

    def say(given: Mapping[str, Any]) -> str:
        whole = f"({_SAID[str(given['of'])](given['inputs'])})"
        weights = dict(given["weights"])
        if len(weights) == 1:
            return whole
        words = gettext("%(whole)s, of it %(mine)s of %(all)s parts")
        return words % {
            "whole": whole,
            "mine": f"{weights[given['taker']]:,}",
            "all": f"{sum(weights.values()):,}",
        }

    return Formula(key, lambda _name: False, compute, say)


FORMULAS: Final[Mapping[str, Formula]] = {
    **{PREFIX + name: _formula(name, said) for name, said in _SAID.items()},
    **{GIVEN + name: _given_away(name, said) for name, said in _SAID.items() if name in _PERIOD},
    FARMERS: _part_of(FARMERS, 1),
    FARMERS_GIVE: _part_of(FARMERS_GIVE, -1),
}


def cost_name(kind: str, role: str) -> str:
    """The name under which what a clause of this kind takes for a role stands beside a price."""
    return f"{kind} {role}"


def _int(given: Inputs, name: str) -> int:
    return int(given[name])


def _fen(given: Inputs, name: str) -> str:
    return money(_int(given, name))


def _parts_of(given: Mapping[str, Any], who: str, whole_fen: int) -> str:
    weights = dict(given["weights"])
    words = gettext("%(mine)s of %(all)s parts of %(fen)s")
    return words % {"mine": f"{weights[who]:,}", "all": f"{sum(weights.values()):,}", "fen": money(whole_fen)}
