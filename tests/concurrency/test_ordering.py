"""Many buyers at the same instant: exactly what is there is sold, to nobody more than their share."""

from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError
from django.db.models import F, Sum

from fieldcast.trade import operations as trade_operations
from fieldcast.trade import problems
from fieldcast.trade import queries as trade
from fieldcast.trade.models import Offer, Order, Reservation
from fieldcast.trade.types import Placed
from tests.concurrency.racing import of_type, race
from tests.factories.accounts import NOW
from tests.factories.trade import (
    assert_balanced,
    counters,
    make_buyer,
    make_offer,
    make_sale,
    place,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_forty_buyers_racing_for_ten_packs_get_ten() -> None:
    sale = make_sale(packs=10)
    buyers = [make_buyer(sale) for _ in range(40)]
    results = race([partial(place, sale, by=buyer) for buyer in buyers])
    assert len(of_type(results, Placed)) == 10
    assert len(of_type(results, problems.SoldOut)) == 30
    assert counters(sale) == (10, 0, 50, 0)
    assert Order.objects.count() == 10
    assert sale.now_offered.left == 0
    assert_balanced()


def test_control_without_the_lock_more_than_ten_believe_they_can_buy() -> None:
    """The race is real: looked at without the lock, the last packs are there for everyone.

    What then still keeps the offer from being oversold is the database's own check.
    """
    sale = make_sale(packs=10)
    looked = Barrier(40)

    def look_then_take() -> str:
        offer = Offer.objects.get(id=sale.offer.id)
        looked.wait(60)
        if offer.packs - offer.held - offer.sold < 1:
            return "sold out"
        try:
            Offer.objects.filter(id=offer.pk).update(held=F("held") + 1)
        except IntegrityError:
            return "refused by the database"
        return "taken"

    results = race([look_then_take] * 40)
    assert results.count("sold out") == 0
    assert results.count("refused by the database") == 30
    assert results.count("taken") == 10


def test_one_buyer_pressing_on_twelve_screens_gets_no_more_than_the_limit() -> None:
    sale = make_sale(per_buyer_limit=3)
    buyer = make_buyer(sale)
    results = race([partial(place, sale, by=buyer, key=f"screen-{n}") for n in range(12)])
    assert len(of_type(results, Placed)) == 3
    assert len(of_type(results, problems.OverLimit)) == 9
    assert counters(sale) == (3, 0, 15, 0)
    assert_balanced()


def test_control_counted_before_the_lock_every_screen_is_within_the_limit() -> None:
    sale = make_sale(per_buyer_limit=3)
    buyer = make_buyer(sale)
    looked = Barrier(12)

    def count_then_order(screen: int) -> int:
        mine = Reservation.objects.filter(offer_id=sale.offer.id, buyer=buyer).aggregate(ordered=Sum("packs"))
        looked.wait(60)
        return mine["ordered"] or 0

    assert all(packs < 3 for packs in race([partial(count_then_order, screen) for screen in range(12)]))


def test_the_same_order_sent_twelve_times_at_once_is_one_order() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    results = race([partial(place, sale, by=buyer, key="once-more")] * 12)
    assert len({placed.number for placed in results}) == 1
    assert [placed.repeated for placed in results].count(False) == 1
    assert Order.objects.count() == 1
    assert counters(sale) == (1, 0, 5, 0)


def test_one_key_for_two_offers_at_once_places_one_and_refuses_the_other() -> None:
    sale = make_sale(packs=20)
    other = make_offer(sale.stall, sale.session, packs=20)
    for attempt in range(10):
        buyer = make_buyer(sale)
        key = f"key-of-{attempt}"
        results = race(
            [partial(place, sale, by=buyer, key=key, offer=offer) for offer in (sale.offer, other)]
        )
        assert len(of_type(results, Placed)) == 1
        assert len(of_type(results, problems.KeyReused)) == 1
    assert_balanced()


def test_a_price_changed_while_buyers_order_is_never_charged_unseen() -> None:
    sale = make_sale(packs=100)
    buyers = [make_buyer(sale) for _ in range(24)]
    orders = [partial(place, sale, by=buyer) for buyer in buyers]
    change = partial(
        trade_operations.change_price,
        by=sale.stall.chief,
        offer_id=sale.offer.id,
        price_fen=9900,
        confirms_jump=True,
        now=NOW,
    )
    results = race([*orders[:12], change, *orders[12:]])[:]
    placed, refused = of_type(results, Placed), of_type(results, problems.PriceChanged)
    assert len(placed) + len(refused) == 24
    assert all(order.total_fen == sale.offer.price_fen for order in placed)


def test_an_offer_closed_while_buyers_order_frees_exactly_what_is_unsold() -> None:
    sale = make_sale(quantity=500, packs=100)
    buyers = [make_buyer(sale) for _ in range(20)]
    orders = [partial(place, sale, by=buyer) for buyer in buyers]
    close = partial(trade_operations.close_session_offers, by=None, session_id=sale.session.id, now=NOW)
    results = race([*orders[:10], close, *orders[10:]])
    placed = of_type(results, Placed)
    assert len(placed) + len(of_type(results, problems.OfferClosed)) == 20
    stock = sale.stock
    assert (stock.allocated, stock.reserved, stock.free) == (0, 5 * len(placed), 500 - 5 * len(placed))
    assert_balanced()


def test_sessions_racing_for_a_lots_free_units_never_offer_more_than_there_are() -> None:
    sale = make_sale(quantity=1000, packs=100)
    results = race([partial(make_offer, sale.stall, sale.session, packs=30)] * 8)
    assert len(of_type(results, problems.AboveFreeUnits)) == 5  # 500 jin were free: three times 150
    assert (sale.stock.allocated, sale.stock.free) == (950, 50)
    assert sum(offer.packs for offer in trade.offers_of_lot(lot_id=sale.stall.lot.id)) == 190


def test_losses_and_offers_racing_for_the_same_units_never_take_them_twice() -> None:
    sale = make_sale(quantity=600, packs=100)
    lose = partial(
        trade_operations.write_off,
        by=sale.stall.chief,
        lot_id=sale.stall.lot.id,
        units=40,
        reason="烂果",
        now=NOW,
    )
    offer = partial(make_offer, sale.stall, sale.session, packs=8)
    results = race([lose, offer] * 4)
    assert len(of_type(results, problems.AboveFreeUnits)) == 6  # 100 jin were free: twice 40
    assert sale.stock.free == 20
    assert_balanced()
