"""Every refusal is a sentence in the reader's language with what to do next."""

from typing import Any

import pytest
from django.utils.translation import override

from fieldcast.agreements.calculation import PackSum
from fieldcast.catalog.types import Unit
from fieldcast.catalog.words import several
from fieldcast.kit.errors import Problem
from fieldcast.trade import problems
from fieldcast.trade.types import OrderState
from fieldcast.trade.words import DELIVERY_FIELDS, ORDER_STATES

FACTS: dict[str, Any] = {
    "held": 3, "left": 2, "minutes": 15, "limit": 3, "yours": 1, "wanted": 505, "free": 500, "unit": several(Unit.JIN),
    "lot": "L-1", "what": "价格", "least": "¥0.01", "most": "¥100,000.00", "taken": 4, "number": "YT1",
    "field": DELIVERY_FIELDS["line"], "province": "火星", "packs": 3, "boxes": 3, "typed": "YT1", "units": 12,
}  # fmt: skip
SHORT = PackSum(
    price_fen=2000,
    promised={"guarantee_fen": 1900, "carriage_fen": 760, "host_fen": 160, "commission_fen": 60},
    rounding_fen=0,
)
OWN: dict[type[Problem], Problem] = {
    problems.BelowDeductions: problems.BelowDeductions(SHORT, title="Peaches", packs=10),
    problems.CoverTooSmall: problems.CoverTooSmall(pledged_fen=8800, deposit_fen=5000, room_fen=0),
    problems.PriceChanged: problems.PriceChanged(price_fen=4280),
    problems.PriceJumps: problems.PriceJumps(last_fen=3980, price_fen=398),
    problems.TermsNotAgreed: problems.TermsNotAgreed(name="Xiulan"),
    problems.WrongState: problems.WrongState(state=OrderState.SHIPPED),
    problems.AmountTooLarge: problems.AmountTooLarge(wanted_fen=5000, left_fen=3980),
}
ALL: list[type[Problem]] = [getattr(problems, name) for name in problems.__all__]


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text) and text.endswith("。")


@pytest.mark.parametrize("problem", ALL, ids=lambda found: str(found.__name__))
def test_a_refusal_speaks_both_languages_and_says_what_to_do(problem: type[Problem]) -> None:
    refusal = OWN.get(problem) or problem(**FACTS)
    with override("zh-hans"):
        assert is_chinese(refusal.message), refusal.message
        assert is_chinese(refusal.advice), refusal.advice
        assert "%" not in refusal.message + refusal.advice
    with override("en"):
        assert refusal.message.isascii() or "¥" in refusal.message or "“" in refusal.message
        assert refusal.advice
    assert 400 <= refusal.status < 500


def test_a_refusal_that_counts_has_a_word_for_one() -> None:
    one, several = problems.TooFewLeft(left=1), problems.TooFewLeft(left=2)
    with override("en"):
        assert (one.message, one.advice) == ("Only 1 pack is left.", "Order 1 pack.")
        assert (several.message, several.advice) == ("Only 2 packs are left.", "Order 2 packs or fewer.")
    with override("zh-hans"):
        assert (one.message, several.message) == ("只剩 1 份了。", "只剩 2 份了。")


def test_codes_tell_refusals_apart() -> None:
    codes = {problem.code for problem in ALL}
    assert len(codes) == len(ALL) - 2  # the three ways to be sold out are one code
    assert {problem.code for problem in ALL if issubclass(problem, problems.SoldOut)} == {"sold_out"}


def test_the_price_that_changed_is_named() -> None:
    with override("zh-hans"):
        assert str(OWN[problems.PriceChanged]) == "价格变了，现在是 ¥42.80。看一下新价格，合适再下单。"


def test_where_an_order_stands_is_said_in_the_readers_language() -> None:
    with override("zh-hans"):
        assert OWN[problems.WrongState].message == "现在做不了：这个订单已发货。"
    with override("en"):
        assert OWN[problems.WrongState].message == "This cannot be done: the order is on its way."
    assert set(ORDER_STATES) == set(OrderState)
