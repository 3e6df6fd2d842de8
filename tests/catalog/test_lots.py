"""Lots: a plot never claims more than it can bear."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from fieldcast.accounts.types import OrganisationKind
from fieldcast.catalog import bearing, operations, problems, queries
from fieldcast.catalog.models import Lot, Plot
from fieldcast.catalog.types import KEEPS_DAYS, Category, LotState, LotView, Unit
from tests.factories.accounts import NOW, make_county, make_organisation
from tests.factories.catalog import HARVEST_DAY, make_lot, make_plot, make_product

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Place:
    """Where lots come from in these tests."""

    plot_id: int
    product_id: int
    cooperative_id: int


def register(place: Place, *, quantity: int, day: date = HARVEST_DAY, code: str = "") -> LotView:
    return operations.register_lot(
        by=None,
        plot_id=place.plot_id,
        product_id=place.product_id,
        cooperative_id=place.cooperative_id,
        grade="一级",
        harvested_on=day,
        quantity=quantity,
        now=NOW,
        today=HARVEST_DAY,
        code=code,
    )


@pytest.fixture
def place() -> Place:
    county_id = make_county()
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    product_id = make_product(county_id=county_id, ceiling=1000)
    return Place(
        plot_id=make_plot(county_id=county_id, cooperative=cooperative, area_mu="1.50", grows=(product_id,)),
        product_id=product_id,
        cooperative_id=cooperative.id,
    )


def test_a_lot_larger_than_its_plot_can_bear_is_refused_with_the_figures(place: Place) -> None:
    register(place, quantity=900)
    with pytest.raises(problems.YieldExceeded) as refused:
        register(place, quantity=601)
    assert refused.value.facts["ceiling"] == 1500
    assert refused.value.facts["already"] == 900
    assert refused.value.facts["room"] == 600
    with override("en"):
        assert "at most 1,500 jin of this a season (1,000 jin a mu)" in refused.value.message
        assert "600 jin" in refused.value.advice
    with override("zh-hans"):
        assert "一季最多产 1,500 斤" in refused.value.message
    assert Lot.objects.count() == 1
    assert register(place, quantity=600).quantity == 600


def test_another_season_has_its_own_ceiling(place: Place) -> None:
    register(place, quantity=1500, day=date(2025, 12, 31))
    assert register(place, quantity=1500, day=date(2026, 1, 1)).quantity == 1500


def test_a_season_over_the_new_year_is_one_season() -> None:
    county_id = make_county()
    product_id = operations.add_product(
        county_id=county_id, code="orange", category=Category.FRUIT, name="脐橙", unit=Unit.JIN,
        yield_ceiling_per_mu=1, season_from=11, season_to=2,
    )  # fmt: skip
    product = queries.product(product_id=product_id)
    assert bearing.season_of(product, date(2026, 1, 10)) == (date(2025, 11, 1), date(2026, 11, 1))
    assert [p.id for p in queries.in_season(county_id=county_id, month=1)] == [product_id]
    assert queries.in_season(county_id=county_id, month=6) == ()


def test_a_plot_of_a_stranger_is_refused(place: Place) -> None:
    county_id = make_county()
    stranger = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    with pytest.raises(problems.NotAMemberPlot):
        register(replace(place, cooperative_id=stranger.id), quantity=1)


def test_nothing_is_harvested_tomorrow_and_nothing_is_harvested_of_nothing(place: Place) -> None:
    with pytest.raises(problems.FutureHarvest):
        register(place, quantity=1, day=HARVEST_DAY + timedelta(days=1))
    with pytest.raises(problems.BadQuantity):
        register(place, quantity=0)


def test_what_is_older_than_its_kind_keeps_is_not_registered(place: Place) -> None:
    oldest = HARVEST_DAY - timedelta(days=KEEPS_DAYS[Category.FRUIT])
    assert register(place, quantity=1, day=oldest).harvested_on == oldest
    with pytest.raises(problems.HarvestTooOld) as refused:
        register(place, quantity=1, day=date(2025, 1, 15))
    assert refused.value.facts["days"] == 365
    assert set(KEEPS_DAYS) == set(Category)


def test_a_code_names_one_lot(place: Place) -> None:
    assert register(place, quantity=1, code="hw-1122-06").code == "HW-1122-06"
    with pytest.raises(problems.LotCodeTaken):
        register(place, quantity=1, code="HW-1122-06")
    assert register(place, quantity=1).code == "L-261122-001"


@pytest.mark.parametrize("code", ["0" * 25, "ß" * 13, "HW\n06", "HW\x0006"])
def test_a_code_that_fits_on_no_box_is_refused(place: Place, code: str) -> None:
    with pytest.raises(problems.BadLotCode):
        register(place, quantity=1, code=code)


def test_a_registered_quantity_cannot_be_changed_even_by_sql(place: Place) -> None:
    lot = register(place, quantity=10)
    for change in (
        "UPDATE catalog_lot SET quantity = 9 WHERE id = %s",
        "DELETE FROM catalog_lot WHERE id = %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change, [lot.id])
    operations.set_lot_state(lot_id=lot.id, state=LotState.STOPPED)
    assert queries.lot(lot_id=lot.id).state == LotState.STOPPED


def test_lots_are_found_by_product_name_and_code() -> None:
    cooperative = make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    lot = make_lot(cooperative=cooperative)
    for words in (lot.code, "黄桃", "peach"):
        found = queries.lots(county_id=cooperative.county_id, search=words)
        assert [item.id for item in found.items] == [lot.id]
    assert queries.lots(county_id=cooperative.county_id, search="苹果").total == 0


@pytest.mark.parametrize(("name", "english"), [("1 号园", "Plot 1"), ("12号棚", "Plot 12"), ("河边老园", "")])
def test_a_plot_that_has_only_a_number_has_it_in_english_too(place: Place, name: str, english: str) -> None:
    Plot.objects.update(name=name)
    assert {one.name_en for one in queries.plots_of_cooperative(cooperative_id=place.cooperative_id)} == {
        english
    }
