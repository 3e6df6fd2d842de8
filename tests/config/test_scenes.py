"""What stands before a test: made once, and found by each test as if it had been made for it alone."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fieldcast.trade import queries as trade
from fieldcast.trade.models import Order
from tests import scenes
from tests.factories import prepared
from tests.factories.market import make_stall, ordinary_stall
from tests.factories.prepared import scene
from tests.factories.trade import Sale, make_order, make_sale, ordinary_sale, sale_and_stall, two_sales

MADE: list[int] = []


@scene(on=ordinary_sale)
def with_an_order(sale: Sale) -> tuple[Sale, int]:
    MADE.append(sale.offer.id)
    return sale, make_order(sale).id


@pytest.fixture
def sold(db: None) -> tuple[Sale, int]:
    return with_an_order()


@pytest.mark.parametrize("_time", ["first", "second"])
def test_a_scene_of_a_file_is_made_once_and_found_as_new(sold: tuple[Sale, int], _time: str) -> None:
    sale, order_id = sold
    assert [sale.offer.id] == MADE
    assert trade.order(order_id=order_id).state.value == "paid"
    assert Order.objects.count() == 1
    make_order(sale)


def test_who_asks_a_second_time_gets_another(sold: tuple[Sale, int]) -> None:
    other, _order_id = with_an_order()
    assert other.offer.id != sold[0].offer.id
    assert make_sale().offer.id not in (other.offer.id, sold[0].offer.id)
    assert len(MADE) == 2
    MADE.pop()


@pytest.mark.django_db
def test_a_sale_stands_for_who_asks_for_an_ordinary_one() -> None:
    assert prepared.standing() == (ordinary_stall, ordinary_sale)
    assert make_sale(packs=100).offer.packs == 100  # which is ordinary


@pytest.mark.django_db
def test_a_stall_stands_for_who_asks_for_a_stall_or_another_sale() -> None:
    assert prepared.standing() == (ordinary_stall,)
    assert make_sale(packs=7).offer.packs == 7
    assert not Order.objects.exists()


@pytest.mark.django_db
def test_two_sales_stand_for_who_makes_two_and_a_third_is_made() -> None:
    assert prepared.standing() == (ordinary_stall, ordinary_sale, two_sales)
    made = [make_sale(), make_sale(), ordinary_sale()]
    assert len({sale.stall.cooperative.id for sale in made}) == 3
    assert [trade.offer(offer_id=sale.offer.id).id for sale in made] == [sale.offer.id for sale in made]


@pytest.mark.django_db
def test_a_sale_and_a_stall_stand_for_who_makes_both_in_either_order() -> None:
    assert prepared.standing() == (ordinary_stall, ordinary_sale, sale_and_stall)
    stall = make_stall()
    assert make_sale().stall.cooperative.id != stall.cooperative.id


@pytest.mark.django_db
@pytest.mark.scene("bare")
def test_an_empty_house_can_be_asked_for() -> None:
    assert prepared.standing() == ()
    assert make_stall().county_id


def test_nothing_stands_where_no_tables_are_asked_for() -> None:
    assert prepared.standing() == ()


def test_what_a_helper_or_a_method_asks_for_is_seen(request: pytest.FixtureRequest) -> None:
    class Item:
        path = Path(__file__)
        fixturenames = ("db",)
        function = staticmethod(_asks_through_another)

        def get_closest_marker(self, _name: str) -> None: ...

    item: Any = Item()
    assert scenes.scene_of(item) is ordinary_sale
    assert scenes.together(item) < scenes.together(request.node)


def test_a_file_with_a_transaction_of_its_own_has_no_scene() -> None:
    around = SimpleNamespace(scope="module", argnames=("django_db_blocker",), func=_asks_through_another)

    class Item:
        path = Path("elsewhere.py")
        fixturenames = ("db", "around")
        function = staticmethod(_asks_through_another)
        _fixtureinfo = SimpleNamespace(name2fixturedefs={"around": (around,)})

        def get_closest_marker(self, _name: str) -> None: ...

    item: Any = Item()
    assert scenes.scene_of(item) is ordinary_sale
    scenes.look_at([item])
    assert scenes.scene_of(item) is None


class Asking:
    def ask(self) -> Sale:
        return make_sale()


def _asks_through_another() -> Sale:
    return Asking().ask()
