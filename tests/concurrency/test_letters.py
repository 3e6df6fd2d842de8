"""Two first letters at the same instant begin one conversation, with one item on the seller's desk."""

from functools import partial

import pytest
from django.db import IntegrityError

from fieldcast.desk.models import Item
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.letters.queries import conversation
from fieldcast.trade.models import Conversation, Letter
from tests.concurrency.racing import race
from tests.factories.accounts import NOW
from tests.factories.letters import make_letter
from tests.factories.trade import make_buyer, make_order, make_sale

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_first_letters_at_once_make_one_conversation_and_one_item() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, until="paid", by=buyer)
    found = race([partial(make_letter, order, by=buyer, words=f"第{n}封") for n in range(4)])
    assert {one.id for one in found} == {Conversation.objects.get().pk}
    assert Letter.objects.count() == 4
    assert Item.objects.filter(kind="letter_waits").count() == 1


def test_control_rows_written_plainly_at_once_fail_but_for_one() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, until="paid", by=buyer)
    whose = {"county_id": order.county_id, "buyer_id": buyer.pk, "seller_id": order.seller_id}

    def begin() -> bool:
        try:
            Conversation.objects.create(**whose, order_id=order.id, begun_at=NOW, last_at=NOW)
        except IntegrityError:
            return False
        return True

    assert sorted(race([begin] * 4)) == [False, False, False, True]


def test_an_answer_and_a_further_letter_at_once_leave_what_waits_and_the_desk_alike() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    order = make_order(sale, until="paid", by=buyer)
    for _turn in range(3):
        found = make_letter(order, by=buyer)
        writes = partial(make_letter, order, by=buyer, words="还有一件事")
        answers = partial(
            trade_operations.write_letter,
            by=sale.stall.chief,
            conversation_id=found.id,
            words="可以",
            now=NOW,
        )
        race([writes, answers] * 4)
        waiting = Item.objects.filter(kind="letter_waits", state="waiting").count()
        assert waiting == conversation(conversation_id=found.id).waits
        if waiting:
            trade_operations.write_letter(by=sale.stall.chief, conversation_id=found.id, words="好", now=NOW)
