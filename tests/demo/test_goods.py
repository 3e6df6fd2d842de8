"""What the demo county sells in each month, and what is said of it."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from fieldcast.catalog.types import Category
from fieldcast.demo import names, talk
from fieldcast.demo.drawing.produce import KINDS
from fieldcast.demo.goods import BY_CODE, GOODS, GROWN, sold_around, star
from fieldcast.demo.wish import viewers_wanted, want_viewers

YEAR = [date(2026, 1, 1) + timedelta(days=day) for day in range(365)]


def test_each_cooperative_has_several_kinds_to_sell_on_every_day_of_the_year() -> None:
    for day in YEAR:
        for which in range(len(GROWN)):
            sold = sold_around(which, day)
            assert sold[0] == star(which, day)
            assert len(sold) == len(set(sold)) >= 2, (day, which)
            assert all(good.last_picked(day) for good in sold), (day, which, sold)


def test_every_kind_is_drawn() -> None:
    assert {good.code for good in GOODS} <= set(KINDS)


@pytest.mark.parametrize(
    ("code", "day", "picked"),
    [
        ("yellow-peach", date(2026, 12, 1), None),
        ("navel-orange", date(2026, 12, 1), date(2026, 11, 30)),
        ("green-tea", date(2026, 12, 1), date(2026, 5, 31)),
        ("strawberry", date(2026, 11, 20), None),
        ("apple", date(2026, 6, 1), date(2025, 11, 30)),
    ],
)
def test_goods_sell_while_they_keep(code: str, day: date, picked: date | None) -> None:
    assert BY_CODE[code].last_picked(day) == picked


@pytest.mark.parametrize(
    ("hour", "words"), [(8, "大家早上好"), (12, "大家中午好"), (19, "大家晚上好"), (0, "夜深了")]
)
def test_a_host_greets_as_the_hour_is(hour: int, words: str) -> None:
    at = datetime(2026, 11, 22, hour, 33, tzinfo=UTC) - timedelta(hours=8)
    assert talk.greeting(at) == words


def test_a_chat_fits_the_goods() -> None:
    lines = {line.text for line in talk.written(random.Random(1), [Category.TEA], 100)}
    assert set(talk.ABOUT[Category.TEA]) <= lines
    assert not lines & set(talk.ABOUT[Category.FRUIT])
    assert talk.ASKED[talk.FOR_FRUIT][0] not in lines


def test_names_of_a_chat_are_all_different_and_run_out_at_last() -> None:
    found = names.nicknames(300)
    assert len(set(found)) == 300
    assert all(first != second for first, second in pairwise(found))
    with pytest.raises(ValueError, match="only"):
        names.nicknames(10_000)


def test_viewers_are_wanted_until_they_are_sent_away(tmp_path: Path) -> None:
    assert viewers_wanted(tmp_path)
    want_viewers(tmp_path, they_come=False)
    assert not viewers_wanted(tmp_path)
    want_viewers(tmp_path, they_come=True)
    want_viewers(tmp_path, they_come=True)
    assert viewers_wanted(tmp_path)


def test_people_have_their_names_in_english_letters() -> None:
    fixed = [person for _code, _name, _name_en, person in names.HOSTS]
    assert all(names.romanised(one) for one in [*fixed, *sum(names.CHIEFS, ()), *names.NICKNAMES[:6]])
    assert names.romanised("".join(names.FIRST_FARMER)) == "Liang Jinfeng"
    assert names.romanised("彩排买家1") == ""
