"""The cold-chain share again, from inputs alone, and in words."""

from django.utils.translation import gettext

from fieldcast.agreements.clauses.reckoning import nearest, number
from fieldcast.agreements.clauses.shapes import Formula, Inputs
from fieldcast.agreements.clauses.words import money, percent
from fieldcast.kit.money import BASIS


def _cold_chain(inputs: Inputs) -> int:
    rate = min(number(inputs, "cold_chain_bp"), number(inputs, "cold_chain_cap_bp"))
    share = nearest(number(inputs, "net_fen") * rate, BASIS)
    return -min(share, number(inputs, "delivery_fen"), number(inputs, "guarantee_fen"))


def _say_cold_chain(inputs: Inputs) -> str:
    return _share_of_sales(inputs, gettext("%(rate)s of %(sales)s, capped at %(cap)s"))


def _say_whole_fee(inputs: Inputs) -> str:
    return _share_of_sales(
        inputs, gettext("%(rate)s of %(sales)s, but not more than the delivery itself, %(fee)s")
    )


def _say_whole_guarantee(inputs: Inputs) -> str:
    return _share_of_sales(
        inputs, gettext("%(rate)s of %(sales)s, but not more than the guaranteed %(guaranteed)s")
    )


def _share_of_sales(inputs: Inputs, words: str) -> str:
    return words % {
        "rate": f"{number(inputs, 'cold_chain_bp') / 100:.1f}%",
        "sales": money(number(inputs, "net_fen")),
        "cap": percent(number(inputs, "cold_chain_cap_bp")),
        "fee": money(number(inputs, "delivery_fen")),
        "guaranteed": money(number(inputs, "guarantee_fen")),
    }


_COLD = frozenset({"net_fen", "delivery_fen", "guarantee_fen"}).__contains__
FORMULAS = (
    Formula("cold_chain", _COLD, _cold_chain, _say_cold_chain),
    Formula("cold_chain_whole_fee", _COLD, _cold_chain, _say_whole_fee),
    Formula("cold_chain_whole_guarantee", _COLD, _cold_chain, _say_whole_guarantee),
)
