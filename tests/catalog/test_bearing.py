"""Shares of a plot's area, summed over what grows there in the time it overlaps; worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from fieldcast.catalog.bearing import fullest, plantings, time_of
from fieldcast.catalog.types import Category, PlotShare, PlotUse, ProductView, Unit

PEACH = ProductView(
    id=1,
    code="peach",
    category=Category.FRUIT,
    name="黄桃",
    name_en="Peach",
    unit=Unit.JIN,
    yield_ceiling_per_mu=4000,
    picture="",
    season_from=7,
    season_to=9,
)
PEAR = replace(PEACH, id=2, code="pear", yield_ceiling_per_mu=5200, season_from=8, season_to=11)
ORANGE = replace(PEACH, id=3, code="orange", yield_ceiling_per_mu=5600, season_from=11, season_to=2)
CABBAGE = replace(PEACH, id=4, code="cabbage", category=Category.VEGETABLE, season_from=10, season_to=3)
TOMATO = replace(PEACH, id=5, code="tomato", category=Category.VEGETABLE, season_from=6, season_to=9)
NOBODY_SAID: dict[int, bool] = {}


def mu(*lots: tuple[ProductView, date, int], first: date, until: date) -> Fraction:
    """The most that lots take together in [first, until)."""
    found = plantings(lots, perennial=NOBODY_SAID)
    return PlotUse(area_mu=Decimal(1), shares=fullest(found, first=first, until=until)).mu


@pytest.mark.parametrize(
    ("what", "perennial", "picked", "time"),
    [
        (PEACH, True, date(2026, 8, 3), (date(2026, 1, 1), date(2027, 1, 1))),
        (PEACH, False, date(2026, 8, 3), (date(2026, 7, 1), date(2026, 10, 1))),
        (PEACH, False, date(2026, 11, 3), (date(2026, 7, 1), date(2026, 12, 1))),  # a late one
        (PEACH, False, date(2026, 5, 30), (date(2026, 5, 1), date(2026, 10, 1))),  # an early one
        (ORANGE, True, date(2026, 1, 3), (date(2025, 11, 1), date(2026, 11, 1))),
        (ORANGE, False, date(2026, 1, 3), (date(2025, 11, 1), date(2026, 3, 1))),
        (ORANGE, False, date(2026, 12, 31), (date(2026, 11, 1), date(2027, 3, 1))),
    ],
)
def test_trees_take_their_year_and_what_is_sown_its_months(
    what: ProductView, perennial: bool, picked: date, time: tuple[date, date]
) -> None:
    assert time_of(what, picked, perennial=perennial) == time


def test_lots_of_one_season_are_one_share() -> None:
    (one,) = plantings(
        [(PEACH, date(2026, 7, 3), 300), (PEACH, date(2026, 8, 3), 500)], perennial=NOBODY_SAID
    )
    assert one.share == PlotShare(product=PEACH, quantity=800)
    assert one.share.mu == Fraction(1, 5)


def test_trees_of_several_kinds_are_added_up() -> None:
    lots = [(PEACH, date(2026, 8, 3), 1000), (PEAR, date(2026, 9, 3), 1300)]
    assert mu(*lots, first=date(2026, 1, 1), until=date(2027, 1, 1)) == Fraction(1, 2)


def test_what_follows_on_the_same_ground_is_not_added_up() -> None:
    lots = [(TOMATO, date(2026, 8, 3), 4000), (CABBAGE, date(2026, 11, 3), 3000)]
    assert mu(*lots, first=date(2026, 1, 1), until=date(2027, 1, 1)) == 1


def test_the_day_counts_on_which_most_lies_together() -> None:
    lots = [
        (TOMATO, date(2026, 8, 3), 2000),  # June to September: 1/2
        (CABBAGE, date(2026, 11, 3), 1000),  # October to March: 1/4
        (PEACH, date(2026, 8, 3), 400),  # all year: 1/10
    ]
    assert mu(*lots, first=date(2026, 1, 1), until=date(2027, 1, 1)) == Fraction(6, 10)
    assert mu(*lots, first=date(2026, 10, 1), until=date(2027, 1, 1)) == Fraction(35, 100)


def test_an_orchard_that_bears_over_the_new_year_counts_each_of_its_years_once() -> None:
    lots = [(ORANGE, date(2026, 1, 3), 2800), (ORANGE, date(2026, 12, 3), 2800)]
    assert mu(*lots, first=date(2026, 1, 1), until=date(2027, 1, 1)) == Fraction(1, 2)


def test_what_somebody_declared_is_believed_before_what_is_usual() -> None:
    lots = [(PEACH, date(2026, 8, 3), 1000), (PEAR, date(2026, 11, 3), 1300)]
    sown = plantings(lots, perennial={PEACH.id: False, PEAR.id: False})
    shares = fullest(sown, first=date(2026, 10, 1), until=date(2026, 12, 1))
    assert [share.product.code for share in shares] == ["pear"]


def test_a_part_is_said_in_whole_per_cent_and_the_sum_too() -> None:
    shares = (PlotShare(product=PEACH, quantity=1140), PlotShare(product=PEAR, quantity=6000))
    use = PlotUse(area_mu=Decimal("1.50"), shares=shares)
    assert [percent for _share, percent in use.parts] == [19, 77]
    assert use.percent == 96
