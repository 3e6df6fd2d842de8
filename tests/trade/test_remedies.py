"""What a buyer asks for besides the money alone: goods that go back, other goods for them, a part of the price."""

from typing import Any

import pytest
from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.models import Refund, Replacement
from fieldcast.trade.types import Remedy, RequestState, Wrong
from tests.factories.terms import make_terms
from tests.factories.trade import (
    PRICE_FEN,
    Sale,
    assert_balanced,
    later,
    make_buyer,
    make_order,
    make_sale,
)
from tests.trade.asking_back import DAYS2, answer, ask, refused, waits
from tests.web.shared.desk import make_officer, make_packer

pytestmark = pytest.mark.django_db
WEEK = 7 * 24 * 3600


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def buyer(sale: Sale) -> Person:
    return make_buyer(sale)


def state(request_id: int) -> RequestState:
    return queries.request_view(request_id=request_id).state


def test_a_part_is_the_bad_units_share_of_the_price_half_a_fen_up(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer, packs=3)
    every = sum(line.packs * line.pack_units for line in order.lines)
    asked = ask(order, buyer, remedy=Remedy.PART, packs=None, damaged_units=1)
    assert (asked.damaged_units, asked.all_units, asked.packs) == (1, every, None)
    assert asked.asked_fen == (2 * 3 * PRICE_FEN + every) // (2 * every)
    assert answer(asked, sale.stall.chief, asked.asked_fen).state == RequestState.GIVEN
    assert ask(order, buyer, seconds=30, remedy=Remedy.PART, packs=None, damaged_units=every).asked_fen == (
        3 * PRICE_FEN - asked.asked_fen
    ), "at most what is left"


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"remedy": Remedy.PART, "packs": None}, problems.BadPart),
        ({"remedy": Remedy.PART, "packs": None, "damaged_units": 10_000}, problems.BadPart),
        ({"remedy": Remedy.PART, "damaged_units": 1}, problems.PacksOrSum),
        ({"damaged_units": 1}, problems.RemedyNotPossible),
        ({"remedy": Remedy.PART, "packs": None, "damaged_units": 1, "wrong": Wrong.OTHER},
         problems.RemedyNotPossible),
        ({"remedy": Remedy.EXCHANGE, "wrong": Wrong.NOT_ARRIVED}, problems.RemedyNotPossible),
        ({"remedy": Remedy.EXCHANGE, "packs": None, "amount_fen": 100}, problems.PacksOrSum),
    ],
)  # fmt: skip
def test_what_does_not_fit_what_is_wrong_is_not_asked(
    sale: Sale, buyer: Person, how: dict[str, Any], problem: type[Problem]
) -> None:
    refused(problem, lambda: ask(make_order(sale, until="received", by=buyer), buyer, **how))


def test_the_same_goods_do_not_come_back_twice() -> None:
    """Half of the price now, the rest by a second request: the pack is put back on hand once all the same."""
    sale = make_sale(terms=make_terms(after_sale_seconds=WEEK))
    buyer = make_buyer(sale)
    order = make_order(sale, until="received", by=buyer)
    make_order(sale, until="received")  # somebody else's pack, which stays sold
    chief, days = sale.stall.chief, [0, DAYS2 + 100]
    for number, start in enumerate(days):
        asked = ask(order, buyer, remedy=Remedy.RETURN_AND_REFUND, wrong=Wrong.OTHER, seconds=start + 9)
        operations.agree_return(by=chief, request_id=asked.id, words="寄回合作社", now=later(start + 20))
        operations.send_back(by=buyer, request_id=asked.id, words="顺丰", now=later(start + 30))
        answer(asked, chief, PRICE_FEN // 2, "一半", seconds=start + 40)
        before = queries.stock(lot_id=sale.stall.lot.id)
        back: dict[str, Any] = {"by": chief, "request_id": asked.id, "put_back": order.lines[0].pack_units}
        if number == 0:
            operations.settle_returned(**back, why="都还好", now=later(start + 50))
        else:
            with pytest.raises(problems.NothingCameBack), transaction.atomic():
                operations.settle_returned(**back, why="都还好", now=later(start + 50))
            assert queries.stock(lot_id=sale.stall.lot.id) == before


def test_goods_go_back_before_the_money_does_and_are_not_sold_again(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer)
    before = queries.stock(lot_id=sale.stall.lot.id)
    asked = ask(order, buyer, remedy=Remedy.RETURN_AND_REFUND)
    refused(problems.RequestAnswered, lambda: operations.send_back(
        by=buyer, request_id=asked.id, words="顺丰", now=later(10)))  # fmt: skip
    refused(NotFound, lambda: operations.agree_return(
        by=make_packer(sale.stall), request_id=asked.id, words="寄回合作社", now=later(10)))  # fmt: skip
    operations.agree_return(by=sale.stall.chief, request_id=asked.id, words="寄回合作社", now=later(20))
    assert (waits(buyer), waits(sale.stall.chief)) == (["refund_to_send"], [])
    refused(problems.RequestAnswered, lambda: answer(asked, sale.stall.chief, PRICE_FEN, seconds=21))
    operations.send_back(by=buyer, request_id=asked.id, words="顺丰 SF123456", now=later(30))
    assert (waits(buyer), waits(sale.stall.chief)) == ([], ["refund_sent_back"])
    refused(problems.RequestAnswered, lambda: operations.withdraw_refund(
        by=buyer, request_id=asked.id, now=later(31)))  # fmt: skip
    assert operations.close_due(now=later(DAYS2)) == 0
    done = answer(asked, sale.stall.chief, PRICE_FEN, seconds=40)
    assert [one.state for one in done.steps] == ["asked", "agreed", "sent_back", "given"]
    assert queries.stock(lot_id=sale.stall.lot.id) == before, (
        "what came back stays sold until somebody looked at it"
    )
    assert queries.wrong_requests().figure == 0
    looked: dict[str, Any] = {"request_id": asked.id, "why": "三个还好，其余压烂", "now": later(50)}
    every = order.lines[0].pack_units
    refused(NotFound, lambda: operations.settle_returned(by=buyer, put_back=1, **looked))
    refused(problems.BadReturned, lambda: operations.settle_returned(
        by=sale.stall.chief, put_back=every + 1, **looked))  # fmt: skip
    (row,) = operations.settle_returned(by=sale.stall.chief, put_back=3, **looked).settled_goods
    assert (row.put_back, row.written_off, row.by_id) == (3, every - 3, sale.stall.chief.pk)
    refused(problems.NothingCameBack, lambda: operations.settle_returned(
        by=sale.stall.chief, put_back=0, **looked))  # fmt: skip
    now = queries.stock(lot_id=sale.stall.lot.id)
    assert (now.on_hand, now.sold, now.written_off) == (
        before.on_hand + 3, before.sold - every, before.written_off + every - 3)  # fmt: skip
    assert queries.untold_units().figure == 0
    assert_balanced()


def test_what_is_not_sent_back_ends_and_what_is_not_confirmed_is_granted(sale: Sale, buyer: Person) -> None:
    first, second = (
        ask(make_order(sale, until="received", by=one), one, remedy=Remedy.RETURN_AND_REFUND)
        for one in (buyer, make_buyer(sale))
    )
    assert operations.grant_due(now=later(9 + DAYS2)) == 2, "silence lets the goods come back"
    assert state(first.id) == state(second.id) == RequestState.AGREED
    operations.send_back(
        by=Person.objects.get(id=second.buyer_id),
        request_id=second.id,
        words="中通 7788",
        now=later(10 + DAYS2),
    )
    assert operations.grant_due(now=later(9 + DAYS2 + WEEK)) == 1
    assert state(first.id) == RequestState.WITHDRAWN
    assert operations.grant_due(now=later(10 + DAYS2 + 10 * 24 * 3600)) == 1
    assert state(second.id) == RequestState.GRANTED
    assert Refund.objects.get().amount_fen == PRICE_FEN
    assert queries.wrong_requests().figure == 0


def test_other_goods_come_out_of_the_lots_free_units_and_are_paid_by_nobody(
    sale: Sale, buyer: Person
) -> None:
    order = make_order(sale, until="received", by=buyer, packs=2)
    asked = ask(order, buyer, remedy=Remedy.EXCHANGE)
    exchange: dict[str, Any] = {"request_id": asked.id, "words": "明早补发一袋"}
    refused(NotFound, lambda: operations.exchange_goods(by=buyer, **exchange, now=later(10)))
    held = queries.stock(lot_id=sale.stall.lot.id)
    packer = make_packer(sale.stall)
    done = operations.exchange_goods(by=packer, **exchange, now=later(20))
    assert (done.state, done.parcel, waits(sale.stall.chief)) == (RequestState.EXCHANGED, "on_the_way", [])
    now = queries.stock(lot_id=sale.stall.lot.id)
    taken = order.lines[0].pack_units
    assert (now.on_hand, now.sold, now.allocated) == (held.on_hand - taken, held.sold + taken, held.allocated)
    assert Replacement.objects.get().units == taken
    number = f"{order.number}-{asked.id}"
    assert done.new_parcel == queries.order(order_id=order.id).tracking_number == number
    (parcel,) = queries.parcels_by_code(code=number)
    assert parcel.tracking_number == number
    found = queries.orders_of_seller(seller_id=sale.stall.cooperative.id, search=number)
    assert [one.id for one in found.items] == [order.id]
    refused(problems.NotExchangeable, lambda: operations.exchange_goods(by=packer, **exchange, now=later(21)))
    assert not Refund.objects.exists()
    operations.tell_lots(now=later(30))
    assert queries.untold_parcels().figure == queries.wrong_requests().figure == 0
    assert_balanced()
    make_officer(sale.stall.county_id)
    refused(NotFound, lambda: operations.receive_exchange(by=packer, request_id=asked.id, now=later(35)))
    came = operations.receive_exchange(by=buyer, request_id=asked.id, now=later(35))
    assert (came.parcel, came.open_until) == ("delivered", later(35 + DAYS2))
    refused(problems.RequestAnswered, lambda: operations.receive_exchange(
        by=buyer, request_id=asked.id, now=later(36)))  # fmt: skip
    operations.object_to_answer(by=buyer, request_id=asked.id, words="又是烂的", now=later(40))
    assert state(asked.id) == RequestState.OBJECTED


def test_nothing_is_sold_twice_where_the_lot_has_nothing_free(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer, packs=2)
    asked = ask(order, buyer, remedy=Remedy.EXCHANGE)
    free = queries.stock(lot_id=sale.stall.lot.id).free
    operations.write_off(by=None, lot_id=sale.stall.lot.id, units=free, reason="烂了", now=later(10))
    refused(problems.BadTracking, lambda: operations.exchange_goods(
        by=sale.stall.chief, request_id=asked.id, words="补发", tracking_number="?", now=later(20)))  # fmt: skip
    refused(problems.AboveFreeUnits, lambda: operations.exchange_goods(
        by=sale.stall.chief, request_id=asked.id, words="补发", now=later(20)))  # fmt: skip
    assert state(asked.id) == RequestState.ASKED
    assert operations.grant_due(now=later(9 + DAYS2)) == 1, "then its price goes back by itself"
    assert queries.request_view(request_id=asked.id).given_fen == PRICE_FEN
