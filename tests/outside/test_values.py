"""One cell at a time: what is read, and what is refused and why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcast.kit.money import yuan
from fieldcast.kit.months import CHINA
from fieldcast.outside import values
from fieldcast.outside.values import BadValue
from tests.outside.files import NOW


@given(fen=st.integers(min_value=0, max_value=values.LARGEST_FEN))
def test_every_amount_comes_back_to_the_fen(fen: int) -> None:
    whole, part = divmod(fen, 100)
    assert values.read_amount(yuan(fen)) == fen
    assert values.read_amount(f"{whole}.{part:02d}") == fen
    assert values.read_amount(f"¥{whole}.{part:02d}元") == fen
    assert values.read_amount(f"￥{whole}.{part:02d}000") == fen


@pytest.mark.parametrize(
    ("text", "fen"), [("178.8", 17880), ("0.0", 0), ("19.95", 1995), ("3.", 300), ("１２.５", 1250)]
)
def test_amounts_as_real_files_write_them(text: str, fen: int) -> None:
    assert values.read_amount(text) == fen


@pytest.mark.parametrize(
    "text",
    ["-0.01", "1.999", "178.79999999999998", "1,78", "12,34.5", "1e3", "NaN", "inf", "٣", "²", "¥", "十元", "1 2", ".",
     "10000000.01", "9" * 400, "0x10", "--1", "+1"],
)  # fmt: skip
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        values.read_amount(text)


@given(
    time=st.datetimes(
        min_value=datetime(2003, 1, 2), max_value=datetime(2026, 9, 17), timezones=st.just(CHINA)
    )
)
def test_every_time_comes_back_to_the_second(time: datetime) -> None:
    time = time.replace(microsecond=0)
    assert values.read_time(f"{time:%Y-%m-%d %H:%M:%S}", now=NOW) == time
    assert values.read_time(f"{time.year}/{time.month}/{time.day} {time.hour}:{time:%M:%S}", now=NOW) == time
    assert values.read_time(time.isoformat(), now=NOW) == time
    assert values.read_time(time.astimezone(UTC).isoformat().replace("+00:00", "Z"), now=NOW) == time
    assert values.read_time(f"{time:%Y年%m月%d日 %H:%M}", now=NOW) == time.replace(second=0)


@pytest.mark.parametrize(
    "text",
    ["2026-02-30 10:00:00", "2026-13-01", "2026-09-01 24:00:00", "2026-09-01 10", "今天", "20260901", "45901.5",
     "2002-12-31 23:59:59", "2026-09-20 09:30:00", "2026-W08-5T00:00:00", "２０２６-09-01",
     "2026-09-01T10:00:00+99:99"],
)  # fmt: skip
def test_what_is_no_time_or_cannot_be_the_order_s_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        values.read_time(text, now=NOW)


def test_a_platform_s_clock_may_be_a_little_ahead_of_ours() -> None:
    ahead = NOW + timedelta(hours=1)
    assert values.read_time(f"{ahead:%Y-%m-%d %H:%M:%S}", now=NOW) == ahead


@pytest.mark.parametrize("text", ["1", "6917926768823643751", "G-1", "A_b.c/d#9"])
def test_order_numbers_of_any_platform_are_taken(text: str) -> None:
    assert values.read_number(text) == text


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "张三", "1 2", "-1", "x" * 65, "订单1", "@SUM(1)"])
def test_what_is_no_order_number_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        values.read_number(text)


@pytest.mark.parametrize("text", ["6.91793E+18", "1E+05", "4.58e18"])
def test_a_number_that_excel_has_rounded_is_refused_with_that_reason(text: str) -> None:
    with pytest.raises(BadValue) as refused:
        values.read_number(text)
    assert "Excel" in str(refused.value.reason)


@pytest.mark.parametrize("text", ["海外 日本 东京都", "****", "火星", "California"])
def test_a_place_that_nobody_knows_is_an_unknown_province(text: str) -> None:
    assert values.read_place(text) == values.UNKNOWN


@pytest.mark.parametrize(("text", "count"), [("1", 1), ("2.0", 2), ("1000000", 1_000_000)])
def test_quantities_are_whole(text: str, count: int) -> None:
    assert values.read_quantity(text) == count


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1000001", "两", "２", ""])
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        values.read_quantity(text)


@given(text=st.text(max_size=400))
def test_a_title_is_one_short_line_that_no_spreadsheet_runs(text: str) -> None:
    title = values.read_title(text)
    assert len(title) <= values.TITLE_CHARS
    assert title[:1] not in {"=", "+", "@", "＝", "＋", "＠", "\t", "\r"}
    assert "\n" not in title


readers = st.sampled_from(
    [
        values.read_number,
        values.read_amount,
        values.read_quantity,
        values.read_place,
        lambda text: values.read_time(text, now=NOW),
    ]
)


@given(reader=readers, text=st.text(max_size=40) | st.from_regex(r"[0-9.,:/ -]{1,30}"))
def test_any_text_is_a_value_or_a_reason(reader: object, text: str) -> None:
    assert callable(reader)
    refused = None
    try:
        reader(text)
    except BadValue as bad:
        refused = bad
    assert refused is None or str(refused.reason) % refused.facts
