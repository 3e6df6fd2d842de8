"""What a season's lots add up to."""

from datetime import date

import pytest

from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import Category, LotView, Unit
from fieldcast.web.farm.season import season_lines
from tests.factories.accounts import NOW
from tests.factories.market import make_stall

pytestmark = pytest.mark.django_db


def make_strawberry_lot(day: date) -> LotView:
    """Strawberries, whose season runs from November to April."""
    stall = make_stall()
    product = catalog_operations.add_product(
        county_id=stall.county_id,
        code="strawberry",
        category=Category.FRUIT,
        name="草莓",
        unit=Unit.JIN,
        yield_ceiling_per_mu=3000,
        season_from=11,
        season_to=4,
    )
    catalog_operations.declare_crop(by=None, plot_id=stall.lot.plot.id, product_id=product, now=NOW)
    lot = catalog_operations.register_lot(
        by=None,
        plot_id=stall.lot.plot.id,
        product_id=product,
        cooperative_id=stall.cooperative.id,
        grade="一级",
        harvested_on=day,
        quantity=300,
        now=NOW,
        today=day,
    )
    return catalog.lot(lot_id=lot.id)


def test_lots_of_one_plot_and_product_are_added_up() -> None:
    stall = make_stall(quantity=1000)
    (line,) = season_lines([stall.lot, stall.lot], today=date(2026, 11, 22))
    assert (line.registered, line.ceiling, line.percent) == (2000, 40_000, 5)


def test_a_season_over_the_new_year_is_one_season() -> None:
    lot = make_strawberry_lot(date(2026, 11, 20))
    assert season_lines([lot], today=date(2027, 2, 1))[0].registered == 300
    assert season_lines([lot], today=date(2027, 11, 1)) == ()


def test_last_years_lots_are_of_another_season() -> None:
    stall = make_stall()
    assert season_lines([stall.lot], today=date(2027, 1, 1)) == ()
