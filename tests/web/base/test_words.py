"""Values are said as people say them, in both languages, and what is unknown is never shown as zero."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from fieldcast.trade.types import OfferState, OrderState
from fieldcast.web.shared import words
from fieldcast.web.templatetags import fieldcast as tags

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (timedelta(seconds=-20), "刚刚"),
        (timedelta(seconds=20), "马上"),
        (timedelta(minutes=-3), "3 分钟前"),
        (timedelta(minutes=25), "25 分钟后"),
        (timedelta(hours=5, minutes=30), "今天 19:30"),
        (timedelta(hours=-3), "今天 11:00"),
        (timedelta(hours=18), "明天 08:00"),
        (timedelta(days=-1), "昨天 14:00"),
        (timedelta(days=3), "11月25日 14:00"),
        (timedelta(days=-3), "11月19日"),
        (timedelta(days=-400), "2025年10月18日"),
    ],
)
def test_a_time_is_said_as_people_say_it(apart: timedelta, said: str) -> None:
    assert words.when(NOW + apart, now=NOW) == said


def test_times_are_said_in_the_countys_zone() -> None:
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # half past midnight in the county
    assert words.when(late, now=NOW) == "明天 00:30"


def test_what_is_announced_was_not_some_minutes_ago() -> None:
    assert words.begins(NOW + timedelta(minutes=25), now=NOW) == "25 分钟后"
    assert words.begins(NOW - timedelta(minutes=25), now=NOW) == "原定今天 13:35"
    assert words.begins(NOW - timedelta(days=1), now=NOW) == "原定昨天 14:00"


def test_a_day_without_an_hour_is_said_without_one() -> None:
    assert words.when(date(2026, 11, 23), now=NOW) == "明天"
    assert words.when(date(2026, 11, 2), now=NOW) == "11月2日"


def test_times_are_said_in_english_too() -> None:
    with translation.override("en"):
        assert words.when(NOW - timedelta(minutes=1), now=NOW) == "1 minute ago"
        assert words.when(NOW - timedelta(minutes=2), now=NOW) == "2 minutes ago"
        assert words.when(NOW + timedelta(days=3), now=NOW) == "25 Nov 14:00"


@pytest.mark.parametrize(
    ("fen", "plain", "signed"),
    [
        (3980, "¥39.80", "＋39.80"),
        (-13930, "−¥139.30", "－139.30"),
        (0, "¥0.00", "0.00"),
        (12345678, "¥123,456.78", "＋123,456.78"),
    ],
)
def test_money_is_said_with_its_sign(fen: int, plain: str, signed: str) -> None:
    assert tags.yuan(fen) == plain
    assert tags.signed_yuan(fen) == signed


def test_the_price_of_one_unit_is_worked_out_from_the_package() -> None:
    assert tags.per_unit(3980, 5, "jin") == "¥7.96/斤"
    assert tags.per_unit(3980, 0, "jin") == "—"


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    [
        (5, "jin", "5 斤"),
        (39.5, "jin", "39.5 斤"),
        (1240, "piece", "1,240 枚"),
        (2, "", "2"),
        (3, "筐", "3 筐"),
    ],
)
def test_a_quantity_carries_its_unit(amount: float, unit: str, said: str) -> None:
    assert tags.quantity(amount, unit) == said


def test_one_egg_is_not_one_eggs() -> None:
    with translation.override("en"):
        assert tags.quantity(1, "piece") == "1 egg"
        assert tags.quantity(30, "piece") == "30 eggs"


def test_what_is_unknown_is_said_to_be_missing() -> None:
    said = [
        tags.yuan(None),
        tags.signed_yuan(None),
        tags.quantity(None, "jin"),
        tags.when(None),
        tags.moment(None),
        tags.clock(None),
        tags.percent_bp(None),
        tags.short_count(None),
        tags.masked_phone(""),
    ]
    assert said == ["—"] * len(said)


@pytest.mark.parametrize(("points", "said"), [(4610, "46.1%"), (3500, "35%"), (5, "0.05%"), (0, "0%")])
def test_basis_points_are_said_as_a_percentage(points: int, said: str) -> None:
    assert tags.percent_bp(points) == said


def test_a_crowd_is_counted_as_people_count_it() -> None:
    assert tags.short_count(1284) == "1,284"
    assert tags.short_count(32_000) == "3.2 万"
    with translation.override("en"):
        assert tags.short_count(32_000) == "32k"


@pytest.mark.parametrize("number", ["13812345678", "+86 138 1234 5678", "8613812345678"])
def test_a_phone_number_shows_enough_to_recognise_and_not_to_call(number: str) -> None:
    assert tags.masked_phone(number) == "138****5678"


def test_a_number_too_short_to_mask_is_hidden_whole() -> None:
    assert tags.masked_phone("12345") == "****"


def test_a_state_has_words_and_a_colour() -> None:
    assert tags.state_chip(OrderState.PAID) == {"label": "已付款，待打包", "tone": "sky"}
    assert tags.state_label("reserved") == "待付款"


def test_the_same_word_means_another_thing_of_an_offer() -> None:
    assert tags.state_label(OrderState.CLOSED) == "已完成"
    assert tags.state_label(OfferState.CLOSED) == "已下架"


def test_every_state_of_an_order_has_chinese_words() -> None:
    labels = [tags.state_label(state) for state in OrderState]
    assert all(label and label[0] > "\u2e80" for label in labels)
    assert len(set(labels)) == len(labels)


def test_a_name_is_shown_in_the_readers_language_and_falls_back_to_the_one_there_is() -> None:
    peach = SimpleNamespace(name="黄桃", name_en="Yellow peach")
    tea = {"title": "云雾茶", "title_en": ""}
    assert tags.local_name(peach) == "黄桃"
    with translation.override("en"):
        assert tags.local_name(peach) == "Yellow peach"
        assert tags.local_name(tea, "title") == "云雾茶"


@pytest.mark.parametrize(("name", "letter"), [("王秀兰", "兰"), ("li min", "L"), ("", "·"), (None, "·")])
def test_a_face_carries_the_letter_a_friend_would_use(name: str | None, letter: str) -> None:
    assert tags.initial(name) == letter


def test_a_picture_is_named_by_its_key() -> None:
    assert tags.picture("peach") == "/media/pictures/peach.svg"
    assert tags.picture("pictures/lot-7.png") == "/media/pictures/lot-7.png"
    assert tags.picture("").endswith("mark.svg")
