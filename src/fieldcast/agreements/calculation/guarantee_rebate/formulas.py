"""Each amount of the model again, from inputs alone, and in words.

Written apart from `model` on purpose: settlement compares the two, and what differs is money nobody can explain.
"""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext

from fieldcast.agreements.calculation.shapes import Formula, Inputs
from fieldcast.kit.money import BASIS, yuan

_COSTS = ("commission_fen", "host_fen", "carriage_fen", "handling_fen")
_REMAINDER = frozenset({"packs", "net_fen", "guarantee_fen", *_COSTS})


def _number(inputs: Inputs, name: str) -> int:
    value = inputs[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} is {value!r}, not a whole number")
    return value


def _nearest(dividend: int, divisor: int) -> int:
    """The nearest whole number, half up, of two numbers that are not negative."""
    return (2 * dividend + divisor) // (2 * divisor)


def _realised(inputs: Inputs) -> int:
    """What is left of sales for the goods themselves, after all costs."""
    return _number(inputs, "net_fen") - sum(_number(inputs, name) for name in _COSTS)


def _above(inputs: Inputs) -> int:
    return _realised(inputs) - _number(inputs, "guarantee_fen")


def _guarantee(inputs: Inputs) -> int:
    return (
        _number(inputs, "packs") * _number(inputs, "units_per_pack") * _number(inputs, "guarantee_unit_fen")
    )


def _rebate(inputs: Inputs) -> int:
    return _nearest(max(0, _above(inputs)) * _number(inputs, "rebate_bp"), BASIS)


def _cold_chain(inputs: Inputs) -> int:
    rate = min(_number(inputs, "cold_chain_bp"), _number(inputs, "cold_chain_cap_bp"))
    share = _nearest(_number(inputs, "net_fen") * rate, BASIS)
    return -min(share, _number(inputs, "delivery_fen"), _number(inputs, "guarantee_fen"))


def _part_of_sales(inputs: Inputs) -> int:
    return _nearest(_number(inputs, "net_fen") * _number(inputs, "part_bp"), BASIS)


def _per_pack(inputs: Inputs) -> int:
    return _number(inputs, "packs") * _number(inputs, "pack_fen")


def _per_pack_kept(inputs: Inputs) -> int:
    return _nearest(_number(inputs, "pack_fen") * _number(inputs, "net_fen"), _number(inputs, "price_fen"))


def _rest(inputs: Inputs) -> int:
    return _above(inputs) - _number(inputs, "rebate_fen")


def _money(fen: int) -> str:
    return f"−¥{yuan(-fen)}" if fen < 0 else f"¥{yuan(fen)}"


def _percent(basis_points: int) -> str:
    return f"{basis_points / 100:g}%"


def _packs_at(inputs: Inputs, pack_fen: int) -> str:
    packs = _number(inputs, "packs")
    return ngettext("%(packs)s box × %(price)s", "%(packs)s boxes × %(price)s", packs) % {
        "packs": f"{packs:,}",
        "price": _money(pack_fen),
    }


def _say_guarantee(inputs: Inputs) -> str:
    return _packs_at(inputs, _number(inputs, "units_per_pack") * _number(inputs, "guarantee_unit_fen"))


def _say_per_pack(inputs: Inputs) -> str:
    return _packs_at(inputs, _number(inputs, "pack_fen"))


def _say_per_pack_kept(inputs: Inputs) -> str:
    return gettext("%(fixed)s for each %(price)s of the %(sales)s that stayed paid") % {
        "fixed": _money(_number(inputs, "pack_fen")),
        "price": _money(_number(inputs, "price_fen")),
        "sales": _money(_number(inputs, "net_fen")),
    }


def _say_rebate(inputs: Inputs) -> str:
    """A box at a time where that comes out in whole fen, as people reckon; else on the sums."""
    packs, realised, guarantee = _number(inputs, "packs"), _realised(inputs), _number(inputs, "guarantee_fen")
    rate = _percent(_number(inputs, "rebate_bp"))
    if realised % packs == 0 and guarantee % packs == 0:
        return gettext("(%(realised)s − %(guaranteed)s) × %(rate)s × %(packs)s") % {
            "realised": _money(realised // packs),
            "guaranteed": _money(guarantee // packs),
            "rate": rate,
            "packs": f"{packs:,}",
        }
    return gettext("(%(realised)s − %(guaranteed)s) × %(rate)s") % {
        "realised": _money(realised),
        "guaranteed": _money(guarantee),
        "rate": rate,
    }


def _say_with_remainder(words: str, inputs: Inputs) -> str:
    return words % {
        "realised": _money(_realised(inputs)),
        "guaranteed": _money(_number(inputs, "guarantee_fen")),
        "rebate": _money(_number(inputs, "rebate_fen") if "rebate_fen" in inputs else 0),
    }


def _say_no_rebate(inputs: Inputs) -> str:
    words = gettext("%(realised)s are left after costs, not more than the guaranteed %(guaranteed)s")
    return _say_with_remainder(words, inputs)


def _say_rest(inputs: Inputs) -> str:
    words = gettext("%(realised)s left after costs − %(guaranteed)s guaranteed − %(rebate)s rebate")
    return _say_with_remainder(words, inputs)


def _say_shortfall(inputs: Inputs) -> str:
    words = gettext(
        "%(realised)s are left after costs, less than the guaranteed %(guaranteed)s; "
        "the cooperative covers the difference"
    )
    return _say_with_remainder(words, inputs)


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
        "rate": f"{_number(inputs, 'cold_chain_bp') / 100:.1f}%",
        "sales": _money(_number(inputs, "net_fen")),
        "cap": _percent(_number(inputs, "cold_chain_cap_bp")),
        "fee": _money(_number(inputs, "delivery_fen")),
        "guaranteed": _money(_number(inputs, "guarantee_fen")),
    }


def _say_part_of_sales(inputs: Inputs) -> str:
    return gettext("%(rate)s of %(sales)s") % {
        "rate": _percent(_number(inputs, "part_bp")),
        "sales": _money(_number(inputs, "net_fen")),
    }


def _nothing(_: Inputs) -> int:
    return 0


def _say_public_benefit(_: Inputs) -> str:
    return gettext("Public-benefit session, no charge")


_PACKS = frozenset({"packs"})
_COLD = frozenset({"net_fen", "delivery_fen", "guarantee_fen"})
_ALL = (
    Formula("guarantee", _PACKS, _guarantee, _say_guarantee),
    Formula("rebate", _REMAINDER, _rebate, _say_rebate),
    Formula("no_rebate", _REMAINDER, _rebate, _say_no_rebate),
    Formula("cold_chain", _COLD, _cold_chain, _say_cold_chain),
    Formula("cold_chain_whole_fee", _COLD, _cold_chain, _say_whole_fee),
    Formula("cold_chain_whole_guarantee", _COLD, _cold_chain, _say_whole_guarantee),
    Formula("part_of_sales", frozenset({"net_fen"}), _part_of_sales, _say_part_of_sales),
    Formula("public_benefit", frozenset(), _nothing, _say_public_benefit),
    Formula("per_pack", _PACKS, _per_pack, _say_per_pack),
    Formula("per_pack_kept", _PACKS | {"net_fen"}, _per_pack_kept, _say_per_pack_kept),
    Formula("cooperative_rest", _REMAINDER | {"rebate_fen"}, _rest, _say_rest),
    Formula("guarantee_shortfall", _REMAINDER | {"rebate_fen"}, _rest, _say_shortfall),
)
FORMULAS: Mapping[str, Formula] = {formula.key: formula for formula in _ALL}
