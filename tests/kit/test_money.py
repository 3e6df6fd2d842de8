"""Money: fen are split, never made or lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcast.kit.money import NotYuan, Slip, parse_yuan, share_fen, split_fen, yuan

weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=8).filter(any)


@given(st.integers(-(10**12), 10**12), weights)
def test_the_parts_of_a_split_sum_to_the_whole(amount_fen: int, parts: list[int]) -> None:
    assert sum(split_fen(amount_fen, parts)) == amount_fen


@given(st.integers(0, 10**9), weights)
def test_no_part_is_a_fen_away_from_its_exact_share(amount_fen: int, parts: list[int]) -> None:
    total = sum(parts)
    for part, weight in zip(split_fen(amount_fen, parts), parts, strict=True):
        assert abs(part * total - amount_fen * weight) < total


def test_the_odd_fen_goes_to_the_largest_remainder_and_the_earlier_on_a_tie() -> None:
    assert split_fen(100, [1, 1, 1]) == [34, 33, 33]
    assert split_fen(10, [1, 2]) == [3, 7]


@pytest.mark.parametrize("parts", [[], [0, 0], [1, -1]])
def test_a_split_needs_a_positive_weight_and_no_negative_one(parts: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split_fen(100, parts)


def test_a_share_and_its_rest_make_the_whole() -> None:
    assert share_fen(999, 3500) + share_fen(999, 6500) in (999, 1000)
    assert share_fen(3980, 500) == 199


@given(st.integers(-(10**10), 10**10))
def test_an_amount_written_out_is_read_back(amount_fen: int) -> None:
    assert parse_yuan(yuan(amount_fen).replace("−", "-")) == amount_fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("39.8", 3980),
        ("1,234", 123400),
        ("¥1,234.50", 123450),
        ("￥３９．８０", 3980),
        ("１，２３４。５元", 123450),
        (" ¥ 6.950 ", 695),
        ("-12", -1200),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "١", "--1", "1e5", ".", "1 2", "十元", "¥", "12元元", "0x1"]
)
def test_what_is_not_an_amount_is_refused(text: str) -> None:
    with pytest.raises(NotYuan, match="amount") as refused:
        parse_yuan(text)
    assert refused.value.slip is None


@pytest.mark.parametrize(
    "text", ["6,95", "39,80", "1,2,3", "12,34.5", "1,2345", "1.234,50", "６，９５", "1234,567", "6,"]
)
def test_a_comma_is_no_decimal_point(text: str) -> None:
    with pytest.raises(NotYuan) as refused:
        parse_yuan(text)
    assert refused.value.slip == Slip.COMMA


def test_there_is_nothing_smaller_than_a_fen() -> None:
    with pytest.raises(NotYuan) as refused:
        parse_yuan("1.234")
    assert refused.value.slip == Slip.DECIMALS
