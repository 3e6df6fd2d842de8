"""A buyer asks for money back: once, in time, with words and photos; answered, objected to once, decided."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts.models import Person
from fieldcast.desk import queries as desk
from fieldcast.files.problems import NotAPicture
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.loaders import load_request_photo
from fieldcast.trade.models import Refund, RefundRequest
from fieldcast.trade.types import (
    Hindrance,
    OrderState,
    OrderView,
    RequestState,
    To,
    Wrong,
)
from tests.factories.guards import behind_its_back
from tests.factories.trade import (
    PRICE_FEN,
    Sale,
    assert_balanced,
    later,
    make_buyer,
    make_order,
    make_sale,
    refund_notice,
    send_notice,
)
from tests.files.pictures import orchard, saved
from tests.trade.asking_back import DAYS2, answer, ask, photo, refused, told, waits
from tests.web.shared.desk import make_officer, make_packer

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def buyer(sale: Sale) -> Person:
    return make_buyer(sale)


def confirm(order: OrderView) -> None:
    for refund in (
        Refund.objects.select_related("payment").filter(order_id=order.id).exclude(state="succeeded")
    ):
        assert send_notice(refund_notice(refund)) == "applied"


def test_the_server_says_what_packs_come_to_and_the_seller_has_two_days(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer, packs=3)
    asked = ask(order, buyer, packs=2, words=" 两袋\u202e\u0000压坏 ")
    assert (asked.asked_fen, asked.proposed_fen, asked.packs) == (2 * PRICE_FEN, 2 * PRICE_FEN, 2)
    assert (asked.state, asked.words) == (RequestState.ASKED, "两袋压坏")
    assert asked.answer_until == later(9 + DAYS2)
    assert waits(sale.stall.chief) == ["refund_asked"]
    assert waits(make_packer(sale.stall)) == []
    assert told(sale.stall.chief) == ["refund_wanted"]
    item = next(one for one in desk.waiting_for(person_id=sale.stall.chief.pk) if one.kind == "refund_asked")
    assert (item.due_at, item.facts) == (asked.answer_until, {"order": order.number, "amount": "79.60"})


def test_all_that_was_asked_goes_back_and_nobody_is_asked_any_more(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer, packs=2)
    given = answer(ask(order, buyer), sale.stall.chief, PRICE_FEN)
    assert (given.state, given.given_fen, given.objectable(later(21))) == (
        RequestState.GIVEN,
        PRICE_FEN,
        False,
    )
    assert queries.order(order_id=order.id).refunded_fen == PRICE_FEN
    assert waits(sale.stall.chief) == []
    assert told(buyer) == ["refund_answered"]
    confirm(order)
    assert operations.close_due(now=later(61)) == 1, "nothing is left to wait for"
    assert queries.wrong_requests().figure == 0
    assert_balanced()


def test_an_order_waits_for_its_request_and_for_the_time_to_object(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer)
    asked = ask(order, buyer)
    assert operations.close_due(now=later(DAYS2 * 5)) == 0
    assert queries.stuck(now=later(DAYS2 * 5), county_id=None).closings == ()
    answer(asked, sale.stall.chief, 0, "照片里是好的", seconds=3600)
    assert operations.close_due(now=later(3600 + DAYS2 - 1)) == 0
    assert operations.close_due(now=later(3600 + DAYS2)) == 1
    assert queries.wrong_requests().figure == queries.wrong_orders().figure == 0


def test_what_was_refused_is_objected_to_once_and_the_county_decides(sale: Sale, buyer: Person) -> None:
    officer = make_officer(sale.stall.county_id)
    order = make_order(sale, until="shipped", by=buyer)
    asked = ask(order, buyer)
    refused(problems.NotObjectable, lambda: operations.object_to_answer(
        by=buyer, request_id=asked.id, words="不同意", now=later(10)))  # fmt: skip
    refused(problems.NothingSaid, lambda: answer(asked, sale.stall.chief, 0, "\u200b\u3164 "))
    no = answer(asked, sale.stall.chief, 0, "照片里是好的")
    assert no.objectable(later(20 + DAYS2 - 1))
    assert not no.objectable(later(20 + DAYS2))
    refused(problems.AlreadyAsked, lambda: ask(order, buyer, seconds=21))
    operations.object_to_answer(by=buyer, request_id=asked.id, words="第三张看得见", now=later(30))
    assert (waits(officer), told(officer)) == (["refund_objected"], ["refund_objected"])
    refused(problems.RequestAnswered, lambda: answer(asked, sale.stall.chief, PRICE_FEN))
    done = answer(asked, officer, 2000, "双方各一半", seconds=40)
    assert (done.state, done.given_fen, done.objectable(later(41))) == (RequestState.UPHELD, 2000, False)
    assert Refund.objects.get(order_id=order.id).requested_by_id == officer.pk
    assert waits(officer) == []
    assert told(buyer) == ["refund_answered", "refund_answered"]
    assert "refund_decided" in told(sale.stall.chief)
    refused(problems.NotObjectable, lambda: operations.object_to_answer(
        by=buyer, request_id=asked.id, words="还是不同意", now=later(50)))  # fmt: skip
    assert [(one.state, one.by_id) for one in done.steps] == [
        ("asked", buyer.pk), ("refused", sale.stall.chief.pk), ("objected", buyer.pk), ("upheld", officer.pk),
    ]  # fmt: skip


def test_a_part_may_be_objected_to_and_the_county_gives_at_most_what_is_left(
    sale: Sale, buyer: Person
) -> None:
    officer = make_officer(sale.stall.county_id)
    order = make_order(sale, until="received", by=buyer)
    part = answer(ask(order, buyer, packs=None, amount_fen=3000), sale.stall.chief, 1000, "赔三个")
    assert (part.proposed_fen, part.objectable(later(21))) == (2000, True)
    operations.object_to_answer(by=buyer, request_id=part.id, words="坏了一半", now=later(30))
    refused(problems.AmountTooLarge, lambda: answer(part, officer, PRICE_FEN, "全退", seconds=40))
    assert answer(part, officer, 2000, "坏了一半", seconds=40).given_fen == 3000
    assert queries.wrong_requests().figure == 0
    assert_balanced()


@pytest.mark.parametrize("parcel", ["on_the_way", "delivered", "undelivered"])
def test_what_never_came_is_sent_again_and_that_answers_the_request(
    sale: Sale, buyer: Person, parcel: str
) -> None:
    make_officer(sale.stall.county_id)
    order = make_order(sale, until="shipped", by=buyer)
    asked = ask(order, buyer, wrong=Wrong.NOT_ARRIVED, words="还没到")
    carried: dict[str, Any] = {"by": sale.stall.driver, "order_id": order.id, "now": later(15)}
    if parcel == "delivered":
        operations.deliver(**carried, to=To.DOOR)
    elif parcel == "undelivered":
        operations.not_delivered(**carried, why=Hindrance.NOBODY)
    assert queries.request_view(request_id=asked.id).for_sending_again
    again: dict[str, Any] = {"by": make_packer(sale.stall), "order_id": order.id}
    operations.send_again(**again, words="明早再送，先打电话", now=later(20))
    done = queries.request_view(request_id=asked.id)
    assert (done.state, done.last.words, done.last.by_id, done.parcel) == (
        RequestState.SENT_AGAIN, "明早再送，先打电话", again["by"].pk, "on_the_way",
    )  # fmt: skip
    assert waits(sale.stall.chief) == [], "nobody is asked any more"
    assert "parcel_tried_again" in [one.kind for one in inbox.messages(person_id=buyer.pk).items]
    refused(problems.ParcelMovedOn, lambda: operations.send_again(**again, words="再送", now=later(21)))
    assert operations.receive_overdue(now=later(20 + 10 * 24 * 3600 - 1)) == 0, "it is only now on its way"
    operations.object_to_answer(by=buyer, request_id=asked.id, words="还是没来", now=later(30))
    assert queries.wrong_requests().figure == 0


def test_what_was_sent_again_may_be_asked_about_anew_and_what_came_is_not_sent_again(
    sale: Sale, buyer: Person
) -> None:
    order = make_order(sale, until="shipped", by=buyer)
    spoilt = ask(order, buyer)
    again: dict[str, Any] = {"by": sale.stall.chief, "order_id": order.id, "words": "再送"}
    assert not spoilt.for_sending_again
    refused(problems.ParcelMovedOn, lambda: operations.send_again(**again, now=later(20)))
    operations.withdraw_refund(by=buyer, request_id=spoilt.id, now=later(21))
    ask(order, buyer, wrong=Wrong.NOT_ARRIVED, seconds=22)
    operations.send_again(**again, now=later(23))
    assert ask(order, buyer, wrong=Wrong.NOT_ARRIVED, seconds=23 + DAYS2).state == RequestState.ASKED


def test_what_counts_as_received_and_is_sent_again_is_not_paid_out_while_it_is_carried(
    sale: Sale, buyer: Person
) -> None:
    day = DAYS2 // 2
    make_officer(sale.stall.county_id)
    order = make_order(sale, until="shipped", by=buyer)
    assert operations.receive_overdue(now=later(11 * day)) == 1
    asked = ask(order, buyer, wrong=Wrong.NOT_ARRIVED, seconds=11 * day)
    operations.send_again(by=sale.stall.chief, order_id=order.id, words="再送", now=later(11 * day))
    assert operations.close_due(now=later(23 * day - 1)) == 0, (
        "as long as a parcel takes to arrive, and two days"
    )
    with transaction.atomic():
        operations.object_to_answer(by=buyer, request_id=asked.id, words="还没到", now=later(23 * day - 1))
        transaction.set_rollback(True)
    assert operations.close_due(now=later(23 * day)) == 1
    assert queries.wrong_requests().figure == 0


def test_within_the_sellers_time_the_county_does_not_answer_by_sending_again(
    sale: Sale, buyer: Person
) -> None:
    officer = make_officer(sale.stall.county_id)
    order = make_order(sale, until="shipped", by=buyer)
    asked = ask(order, buyer, wrong=Wrong.NOT_ARRIVED)
    again: dict[str, Any] = {"by": officer, "order_id": order.id, "words": "再送"}
    refused(problems.ParcelMovedOn, lambda: operations.send_again(**again, now=later(8 + DAYS2)))
    operations.send_again(**again, now=later(9 + DAYS2))
    assert queries.request_view(request_id=asked.id).state == RequestState.SENT_AGAIN


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"packs": 3}, problems.PacksOrSum),
        ({"packs": 0}, problems.PacksOrSum),
        ({"packs": 1, "amount_fen": 1}, problems.PacksOrSum),
        ({"packs": None}, problems.PacksOrSum),
        ({"amount_fen": 2 * PRICE_FEN + 1}, problems.AmountTooLarge),
        ({"amount_fen": 0}, problems.AmountTooLarge),
        ({"words": "\u3164\u200b\u2800"}, problems.NothingSaid),
        ({"words": "烂" * 301}, problems.NothingSaid),
        ({"photos": [photo(b"")] * 7}, problems.TooManyPhotos),
    ],
)
def test_what_says_nothing_or_too_much_is_refused(
    sale: Sale, buyer: Person, how: dict[str, Any], problem: type[Problem]
) -> None:
    order = make_order(sale, until="received", by=buyer, packs=2)
    refused(problem, lambda: ask(order, buyer, **how))
    assert not RefundRequest.objects.exists()


def test_what_was_given_back_before_is_not_asked_again(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer, packs=2)
    operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=2 * PRICE_FEN - 500, reason="", now=later(1)
    )
    assert ask(order, buyer, packs=2).asked_fen == 500


def test_a_request_is_made_in_time_and_one_after_the_other(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer, packs=2)
    refused(problems.AfterSaleOver, lambda: ask(order, buyer, seconds=61))
    refused(problems.WrongState, lambda: ask(make_order(sale, until="reserved", by=buyer), buyer))
    first = ask(order, buyer)
    refused(problems.AlreadyAsked, lambda: ask(order, buyer, seconds=10))
    answer(first, sale.stall.chief, PRICE_FEN)
    assert ask(order, buyer, seconds=30).asked_fen == PRICE_FEN, "the other pack may be bad too"


def test_before_it_is_sent_all_goes_back_or_nothing_and_the_packs_return(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="packed", by=buyer, packs=2)
    refused(problems.NotPossible, lambda: ask(order, buyer))
    asked = ask(order, buyer, wrong=Wrong.NOT_ARRIVED)
    refused(problems.WholeOrNothing, lambda: answer(asked, sale.stall.chief, PRICE_FEN))
    answer(asked, sale.stall.chief, 2 * PRICE_FEN)
    assert queries.order(order_id=order.id).state == OrderState.REFUNDED
    assert sale.now_offered.left == 100
    assert queries.wrong_requests().figure == queries.wrong_refunds().figure == 0
    assert_balanced()


def test_nobody_elses_order_is_asked_about_answered_or_looked_at(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="shipped", by=buyer)
    asked = ask(order, buyer, photos=[photo(saved(orchard((96, 64))))])
    packer, officer = make_packer(sale.stall), make_officer(sale.stall.county_id)
    for stranger in (make_buyer(sale), sale.stall.presenter, sale.stall.driver):
        refused(NotFound, lambda who=stranger: ask(order, who))  # type: ignore[misc]
        refused(NotFound, lambda who=stranger: answer(asked, who, 1))  # type: ignore[misc]
        with pytest.raises(NotFound):
            load_request_photo(by=stranger, file_id=asked.photos[0], thumbnail=True)
    refused(NotFound, lambda: answer(asked, packer, 1))
    refused(NotFound, lambda: answer(asked, buyer, 1))
    for reader in (buyer, packer, sale.stall.chief, officer):
        assert load_request_photo(by=reader, file_id=asked.photos[0], thumbnail=True).data


def test_photos_are_drawn_anew_and_what_is_none_undoes_the_request(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer)
    good, second = saved(orchard((96, 64))), saved(orchard((96, 64), shift=40))
    refused(NotAPicture, lambda: ask(order, buyer, photos=[photo(good), photo(b"<svg onload=alert(1)>")]))
    assert not RefundRequest.objects.exists()
    twice = [photo(good), photo(second), photo(good)]
    refused(problems.SamePhotoTwice, lambda: ask(order, buyer, photos=twice))
    assert not RefundRequest.objects.exists()
    assert len(ask(order, buyer, photos=[photo(good), photo(second)]).photos) == 2


def test_a_buyer_takes_a_request_back(sale: Sale, buyer: Person) -> None:
    order = make_order(sale, until="received", by=buyer)
    asked = ask(order, buyer)
    refused(
        NotFound, lambda: operations.withdraw_refund(by=make_buyer(sale), request_id=asked.id, now=later(10))
    )
    operations.withdraw_refund(by=buyer, request_id=asked.id, now=later(10))
    assert waits(sale.stall.chief) == []
    refused(
        problems.RequestAnswered,
        lambda: operations.withdraw_refund(by=buyer, request_id=asked.id, now=later(11)),
    )
    assert operations.close_due(now=later(61)) == 1


@pytest.mark.parametrize("until", ["paid", "received"])
def test_what_goes_back_otherwise_meets_the_request(sale: Sale, buyer: Person, until: str) -> None:
    order = make_order(sale, until=until, by=buyer)
    asked = ask(order, buyer, wrong=Wrong.OTHER)
    if until == "paid":
        operations.cancel_order(by=buyer, order_id=order.id, now=later(12))
    else:
        operations.refund_after_sale(
            by=sale.stall.chief, order_id=order.id, amount_fen=PRICE_FEN, reason="", now=later(12)
        )
    ended = queries.request_view(request_id=asked.id)
    assert ended.state == (RequestState.WITHDRAWN if until == "paid" else RequestState.GIVEN)
    assert waits(sale.stall.chief) == []
    assert queries.wrong_requests().figure == 0


def test_the_database_keeps_every_step_and_finds_what_does_not_fit(sale: Sale, buyer: Person) -> None:
    asked = ask(make_order(sale, until="received", by=buyer), buyer, words="只有我们知道")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM trade_refundrequeststep")
        assert "只有我们知道" not in str(cursor.fetchall()), "encrypted at rest"
    for statement in (
        "UPDATE trade_refundrequeststep SET words = ''",
        "DELETE FROM trade_refundrequest",
        "UPDATE trade_refundrequest SET asked_fen = 1",
        "UPDATE trade_refundrequest SET state = 'final'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    for state in ("given", "withdrawn"):
        behind_its_back("UPDATE trade_refundrequest SET state = %s WHERE id = %s", state, asked.id)
        assert queries.wrong_requests().figure == 1
