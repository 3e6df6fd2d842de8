"""What stands before a test: made once, and found by each test as if it had been made for it alone."""

import copy

import pytest

from fieldcast.trade import queries as trade
from fieldcast.trade.models import Order
from tests.factories import prepared
from tests.factories.prepared import Stand
from tests.factories.trade import Sale, make_order, make_sale

MADE: list[int] = []


def _sale_with_an_order() -> tuple[Sale, int]:
    MADE.append(len(MADE))
    sale = make_sale()
    return sale, make_order(sale).id


@pytest.fixture(scope="module")
def made(stand: Stand) -> tuple[Sale, int]:
    return stand(_sale_with_an_order)


@pytest.fixture
def sold(db: None, made: tuple[Sale, int]) -> tuple[Sale, int]:
    return copy.deepcopy(made)


@pytest.mark.parametrize("_time", ["first", "second"])
def test_what_stands_for_a_file_is_made_once_and_found_as_new(sold: tuple[Sale, int], _time: str) -> None:
    sale, order_id = sold
    assert MADE == [0]
    assert trade.order(order_id=order_id).state.value == "paid"
    assert Order.objects.count() == 1
    make_order(sale)


def test_a_second_sale_is_not_the_one_that_stands(sold: tuple[Sale, int]) -> None:
    assert make_sale().offer.id != sold[0].offer.id


def test_another_scene_is_refused_while_what_is_of_the_file_stands(sold: tuple[Sale, int]) -> None:
    with pytest.raises(prepared.OtherScene):
        prepared.set_scene(prepared.BARE)
    prepared.rest()
    assert trade.order(order_id=sold[1])


def test_a_sale_is_found_by_a_test_that_names_the_database_alone(db: None) -> None:
    """Whether by mark or by fixture: the scene is the same."""
    assert prepared.names()[:2] == ["stall", "sale"]
