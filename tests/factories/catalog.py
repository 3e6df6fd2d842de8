"""Products, plots and lots."""

from datetime import date
from decimal import Decimal
from itertools import count

from fieldcast.accounts.operations import add_village
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import Category, LotView, Unit
from fieldcast.trace.operations import register_harvest
from tests.factories.accounts import NOW, make_organisation

_numbers = count(1)
HARVEST_DAY = date(2026, 11, 22)


def make_product(*, county_id: int, ceiling: int = 4000, code: str = "") -> int:
    """Yellow peaches by the jin; returns the product's id."""
    return catalog_operations.add_product(
        county_id=county_id,
        code=code or f"peach{next(_numbers)}",
        category=Category.FRUIT,
        name="黄桃",
        name_en="Yellow peach",
        unit=Unit.JIN,
        yield_ceiling_per_mu=ceiling,
        picture="yellow-peach",
    )


def make_plot(
    *, county_id: int, cooperative: OrganisationRef | None, area_mu: str = "10", grows: tuple[int, ...] = ()
) -> int:
    """A member household's plot of `area_mu` mu that grows these products; returns its id."""
    household = make_organisation(county_id=county_id, kind=OrganisationKind.HOUSEHOLD, name="王秀兰家")
    village_id = add_village(county_id=county_id, name=f"河湾村{next(_numbers)}", name_en="Hewan village")
    farm_id = catalog_operations.add_farm(
        county_id=county_id,
        household_id=household.id,
        village_id=village_id,
        name="河湾果园",
        cooperative_id=cooperative.id if cooperative else None,
    )
    plot_id = catalog_operations.add_plot(farm_id=farm_id, name="6 号园", area_mu=Decimal(area_mu))
    for product_id in grows:
        catalog_operations.declare_crop(by=None, plot_id=plot_id, product_id=product_id, now=NOW)
    return plot_id


def make_lot(*, cooperative: OrganisationRef, quantity: int = 1000, product_id: int | None = None) -> LotView:
    """A lot of `quantity` jin with its harvest event."""
    county_id = cooperative.county_id
    grown = product_id or make_product(county_id=county_id)
    lot = register_harvest(
        by=None,
        plot_id=make_plot(county_id=county_id, cooperative=cooperative, grows=(grown,)),
        product_id=grown,
        cooperative_id=cooperative.id,
        grade="一级",
        harvested_on=HARVEST_DAY,
        quantity=quantity,
        now=NOW,
        today=HARVEST_DAY,
    )
    return catalog.lot(lot_id=lot.id)
