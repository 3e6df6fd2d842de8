"""What is seen of what people type."""

import pytest

from fieldcast.kit.said import alike, plain_digits, said

NOTHING = [
    *("", " ", "\u3000\n", "\x00", "\u0301", "\u200b", "\u3164", "\u2800", "\u00ad", "\u2060", "\ufeff"),
    *("\u115f\uffa0", "\u200d\ufe0f", "\u202d\u202c", "\U000e0041"),
]
SEEN = [
    *("？", "0", "👍", "👨‍👩‍👧", "❤️", "1️⃣", "ｱ", "（一）"),
    *("می‌خواهم", "क्‍ष", "\U0001f3f4\U000e0067\U000e007f"),
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_sees_says_nothing(text: str) -> None:
    assert said(text) == ""
    assert said(f"看{text}见") in ("看见", "看 见", "看\u0301见")


@pytest.mark.parametrize(
    "text", ["？", "0", "👍", "👨‍👩‍👧", "❤️", "1️⃣", "می‌خواهم", "क्‍ष", "🏴\U000e0067\U000e007f", "ｱ", "（一）"]
)
def test_what_is_seen_is_left_as_it_is(text: str) -> None:
    assert said(text) == text


def test_it_stands_on_one_line() -> None:
    assert said("  两\n天  内\u2028到 ") == "两 天 内 到"


def test_width_case_blanks_and_scripts_make_no_difference() -> None:
    assert alike("（１）ＮＣ - ٣") == alike("(1)nc-3\u200b")
    assert alike("甲") != alike("乙")
    assert plain_digits("１９२٠3") == "19203"
