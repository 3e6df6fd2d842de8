"""A price more than a third from the last one is asked about again before it is taken."""

import pytest

from fieldcast.kit.money import jumps
from fieldcast.trade import operations
from fieldcast.trade.problems import PriceJumps
from tests.factories.accounts import NOW
from tests.factories.catalog import make_lot
from tests.factories.trade import Sale, make_offer, make_sale

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "asks"),
    [(3000, 4000, False), (3000, 4001, True), (3000, 2000, False), (3000, 1999, True), (100, 100, False)],
)
def test_a_third_is_no_jump_and_more_is(before: int, after: int, asks: bool) -> None:
    assert jumps(before, after) is asks


def test_a_changed_price_that_jumps_is_refused_until_someone_has_looked_again() -> None:
    sale = make_sale()
    with pytest.raises(PriceJumps) as refused:
        change(sale, 39800)
    assert (refused.value.facts["last_fen"], refused.value.facts["price_fen"]) == (3980, 39800)
    assert sale.now_offered.price_fen == 3980
    change(sale, 39800, confirms_jump=True)
    assert sale.now_offered.price_fen == 39800


def test_a_new_offer_is_held_against_the_last_of_the_lot_whatever_its_pack() -> None:
    sale = make_sale()
    make_offer(sale.stall, sale.session, pack_units=10, price_fen=7500, packs=2)
    with pytest.raises(PriceJumps) as refused:
        make_offer(sale.stall, sale.session, pack_units=10, price_fen=75000, packs=2, confirms_jump=False)
    assert refused.value.facts["last_fen"] == 7500
    make_offer(sale.stall, sale.session, pack_units=10, price_fen=75000, packs=2, confirms_jump=True)


def test_another_lot_of_the_same_product_is_held_against_it_too() -> None:
    sale = make_sale()
    other = make_lot(cooperative=sale.stall.cooperative, product_id=sale.stall.lot.product.id).id
    with pytest.raises(PriceJumps):
        make_offer(sale.stall, sale.session, lot_id=other, packs=2, price_fen=39800, confirms_jump=False)
    make_offer(sale.stall, sale.session, lot_id=other, packs=2, price_fen=4500, confirms_jump=False)


def change(sale: Sale, price_fen: int, **more: bool) -> None:
    """The cooperative changes the offer's price."""
    operations.change_price(by=sale.stall.chief, offer_id=sale.offer.id, price_fen=price_fen, now=NOW, **more)
