"""A plot has one balance over everything that grows there, and bears lots of what it is declared to grow."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils.translation import override

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.catalog import operations, problems, queries
from fieldcast.catalog.types import Category, LotView, Unit
from fieldcast.kit.errors import NotFound
from tests.factories.accounts import NOW, make_county, make_member, make_organisation
from tests.factories.catalog import HARVEST_DAY, make_plot

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Orchard:
    """A plot of 1.5 mu that grows oranges, pears and persimmons, as somebody once sold 191% of it."""

    county_id: int
    cooperative_id: int
    plot_id: int
    chief: Person
    products: dict[str, int]

    def register(self, name: str, quantity: int, day: date = HARVEST_DAY) -> LotView:
        """Register a lot."""
        return operations.register_lot(
            by=self.chief,
            plot_id=self.plot_id,
            product_id=self.products[name],
            cooperative_id=self.cooperative_id,
            grade="一级",
            harvested_on=day,
            quantity=quantity,
            now=NOW,
            today=HARVEST_DAY,
        )


def add(county_id: int, code: str, name: str, ceiling: int, category: Category = Category.FRUIT) -> int:
    """A product that is picked all year."""
    return operations.add_product(
        county_id=county_id,
        code=code,
        category=category,
        name=name,
        name_en=code.title(),
        unit=Unit.PIECE if category == Category.EGG else Unit.JIN,
        yield_ceiling_per_mu=ceiling,
    )


@pytest.fixture
def orchard() -> Orchard:
    county_id = make_county()
    cooperative = make_organisation(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    products = {
        "orange": add(county_id, "orange", "脐橙", 5600),
        "pear": add(county_id, "pear", "秋月梨", 5200),
        "eggs": add(county_id, "eggs", "土鸡蛋", 12000, Category.EGG),
        "cabbage": add(county_id, "cabbage", "白菜", 9000, Category.VEGETABLE),
    }
    grows = (products["orange"], products["pear"])
    return Orchard(
        county_id=county_id,
        cooperative_id=cooperative.id,
        plot_id=make_plot(county_id=county_id, cooperative=cooperative, area_mu="1.50", grows=grows),
        chief=make_member(organisation=cooperative),
        products=products,
    )


def test_another_product_does_not_pass_the_ceiling(orchard: Orchard) -> None:
    orchard.register("orange", 6000)  # 71%
    with pytest.raises(problems.YieldExceeded) as refused:
        orchard.register("pear", 6000)  # 77% more
    assert refused.value.facts["room"] == 2228  # 1.5 mu − 6,000 / 5,600 mu = 0.4285… mu, at 5,200 a mu
    assert refused.value.facts["percent"] == 148
    with override("en"):
        assert "Orange 6,000 jin (71%)" in refused.value.message
        assert "all together would take 148% of it" in refused.value.message
        assert "at most 2,228 jin" in refused.value.advice
    with override("zh-hans"):
        assert "脐橙 6,000 斤（71%）" in refused.value.message
    assert orchard.register("pear", 2228).quantity == 2228
    with pytest.raises(problems.YieldExceeded):
        orchard.register("pear", 1)


def test_a_plot_bears_only_what_it_is_declared_to_grow(orchard: Orchard) -> None:
    with pytest.raises(problems.CropNotDeclared) as refused:
        orchard.register("eggs", 3000)
    with override("zh-hans"):
        assert refused.value.message == "地块“6 号园”没有登记种这个：登记的是脐橙、秋月梨。"
    operations.declare_crop(
        by=orchard.chief, plot_id=orchard.plot_id, product_id=orchard.products["eggs"], now=NOW
    )
    assert orchard.register("eggs", 3000).quantity == 3000


def test_what_is_declared_says_by_whom_and_ends(orchard: Orchard) -> None:
    cabbage = orchard.products["cabbage"]
    crop = operations.declare_crop(by=orchard.chief, plot_id=orchard.plot_id, product_id=cabbage, now=NOW)
    assert (crop.perennial, crop.declared_by) == (False, "社长")
    with pytest.raises(problems.CropDeclared):
        operations.declare_crop(by=orchard.chief, plot_id=orchard.plot_id, product_id=cabbage, now=NOW)
    for _twice in range(2):
        operations.end_crop(by=orchard.chief, plot_id=orchard.plot_id, product_id=cabbage, now=NOW)
    with pytest.raises(problems.CropNotDeclared):
        orchard.register("cabbage", 1)
    again = operations.declare_crop(
        by=orchard.chief, plot_id=orchard.plot_id, product_id=cabbage, perennial=True, now=NOW
    )
    assert again.perennial


def test_only_those_who_answer_for_its_cooperative_declare(orchard: Orchard) -> None:
    cooperative = make_organisation(county_id=orchard.county_id, kind=OrganisationKind.COOPERATIVE)
    strangers = [
        make_member(organisation=cooperative),
        make_member(organisation=cooperative, role=Role.STAFF),
    ]
    for person in strangers:
        with pytest.raises(NotFound):
            operations.declare_crop(
                by=person, plot_id=orchard.plot_id, product_id=orchard.products["eggs"], now=NOW
            )
        with pytest.raises(NotFound):
            operations.end_crop(
                by=person, plot_id=orchard.plot_id, product_id=orchard.products["pear"], now=NOW
            )


def test_a_product_of_another_county_is_not_declared(orchard: Orchard) -> None:
    with pytest.raises(NotFound):
        operations.declare_crop(
            by=orchard.chief, plot_id=orchard.plot_id, product_id=add(make_county(), "x", "别的", 1), now=NOW
        )


def test_a_page_of_plots_says_what_of_each_is_taken(orchard: Orchard) -> None:
    orchard.register("orange", 4200)
    plots = queries.plots(cooperative_id=orchard.cooperative_id, search="6 号").items
    use = queries.uses_of_plots(plots=plots, year=2026)[orchard.plot_id]
    assert (use.percent, [share.quantity for share in use.shares]) == (50, [4200])
    assert queries.uses_of_plots(plots=plots, year=2024)[orchard.plot_id].percent == 0
    assert queries.plots(cooperative_id=orchard.cooperative_id, search="没有这块").total == 0
