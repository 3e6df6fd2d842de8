"""Buyers and sellers write to each other: one conversation, one item on a desk with a clock, nothing taken back."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts import limits
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.kept import reading_once
from fieldcast.accounts.models import Membership, Person, PersonalDataRead
from fieldcast.desk import operations as desk_operations
from fieldcast.desk import queries as desk
from fieldcast.desk.types import ItemState, ItemView
from fieldcast.desk.working_days import due_after
from fieldcast.inbox import queries as inbox
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.trade import operations, problems, queries
from fieldcast.trade.loaders import (
    load_conversation,
    load_late_conversation,
    load_letter_photo,
    read_late_letters,
)
from fieldcast.trade.models import Conversation, Letter
from fieldcast.trade.types import ConversationView, LetterState, OrderView, Side, Wrong
from tests.factories.accounts import NOW
from tests.factories.guards import behind_its_back
from tests.factories.letters import QUESTION, make_letter
from tests.factories.refunds import make_photo
from tests.factories.trade import Sale, later, make_buyer, make_order, make_sale
from tests.web.shared.desk import make_officer, make_packer

pytestmark = pytest.mark.django_db
PHONE = "我的电话 138 0013 8000，微信号wx_abc123"
DUE = due_after(NOW, working_days=1).at
LATE = DUE + timedelta(minutes=1)


@pytest.fixture
def sale() -> Sale:
    return make_sale()


@pytest.fixture
def buyer(sale: Sale) -> Person:
    return make_buyer(sale)


@pytest.fixture
def order(sale: Sale, buyer: Person) -> OrderView:
    return make_order(sale, until="paid", by=buyer)


def about_lot(sale: Sale, by: Person, words: str = QUESTION, seconds: float = 9) -> ConversationView:
    return operations.write_about_lot(by=by, lot_id=sale.stall.lot.id, words=words, now=later(seconds))


def answer(
    found: ConversationView, by: Person, words: str = "可以", *, now: datetime | None = None
) -> ConversationView:
    return operations.write_letter(by=by, conversation_id=found.id, words=words, now=now or later(20))


def refused(problem: type[Problem], call: Callable[[], Any]) -> Problem:
    with pytest.raises(problem) as raised, transaction.atomic():
        call()
    return raised.value


def waits(person: Person) -> list[ItemView]:
    return [one for one in desk.waiting_for(person_id=person.pk) if one.kind == "letter_waits"]


def told(person: Person, *, unread: bool = False) -> Sequence[str]:
    return [
        one.sentence
        for one in inbox.messages(person_id=person.pk).items
        if one.kind == "letter_answered" and not (unread and one.read_at)
    ]


def written(found: ConversationView, **how: Any) -> list[tuple[Side, str]]:
    return [(one.side, one.words) for one in queries.letters_of(conversation_id=found.id, **how)]


def test_a_letter_waits_on_the_desk_of_everyone_at_the_seller_until_the_next_working_day(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    found = make_letter(order, by=buyer, words=" 能\u200b不能 \n 换 ")
    assert written(found) == [(Side.BUYER, "能不能 换")]
    assert (found.waiting_since, found.answer_until) == (later(9), DUE)
    assert (found.about, found.contract, found.letters) == (order.number, True, 1)
    packer = make_packer(sale.stall)
    (item,) = waits(packer)
    assert (item.due_at, item.facts) == (DUE, {"about": order.number})
    make_letter(order, by=buyer, words="在吗", now=later(15))
    assert [one.id for one in waits(packer)] == [item.id], "a further letter is no second item"
    assert queries.conversation(conversation_id=found.id).waiting_since == later(9)
    assert queries.letters_waiting(seller_id=order.seller_id) == 1
    assert queries.wrong_conversations().figure == 0


def test_the_first_answer_ends_the_wait_and_a_new_question_is_a_new_item(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    packer = make_packer(sale.stall)
    found = make_letter(order, by=buyer)
    (first,) = waits(packer)
    done = answer(found, packer)
    assert (done.waits, done.answer_until, done.latest.side) == (False, None, Side.SELLER)
    assert desk.item(item_id=first.id).state == ItemState.DONE
    assert len(told(buyer)) == 1
    answer(found, packer, "还有，周三到", now=later(25))
    assert len(told(buyer, unread=True)) == 2
    again = make_letter(order, by=buyer, words="好的，几点", now=later(30))
    (second,) = waits(packer)
    assert second.id != first.id
    assert again.waiting_since == later(30)
    assert told(buyer, unread=True) == [], "what was answered before is no news any more"
    assert written(found) == [
        (Side.BUYER, QUESTION),
        (Side.SELLER, "可以"),
        (Side.SELLER, "还有，周三到"),
        (Side.BUYER, "好的，几点"),
    ]
    assert queries.wrong_conversations().figure == 0


def test_what_needs_no_answer_is_let_be_with_a_reason_that_only_the_seller_reads(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    packer = make_packer(sale.stall)
    found = make_letter(order, by=buyer, words="谢谢")

    def let_be(by: Person, reason: str) -> ConversationView:
        return operations.let_letter_be(by=by, conversation_id=found.id, reason=reason, now=later(20))

    refused(problems.NoReason, lambda: let_be(packer, "\u200b "))
    refused(problems.NoReason, lambda: let_be(packer, "谢" * 301))
    refused(NotFound, lambda: let_be(buyer, "没事了"))
    done = let_be(packer, "只是道谢")
    assert (done.waits, waits(packer), told(buyer)) == (False, [], [])
    assert (done.letters, done.latest.words) == (1, "谢谢"), "the buyer is told nothing"
    assert written(found) == [(Side.BUYER, "谢谢")]
    assert written(found, notes=True)[-1] == (Side.LET_BE, "只是道谢")
    refused(problems.NothingWaits, lambda: let_be(packer, "只是道谢"))
    assert queries.wrong_conversations().figure == 0


def test_before_an_order_is_paid_numbers_and_chat_ids_are_not_kept_and_afterwards_they_are(
    sale: Sale, buyer: Person
) -> None:
    asked = about_lot(sale, buyer, PHONE)
    assert asked.latest.words == "我的电话 138****8000，微信号w***"
    assert answer(asked, sale.stall.chief, "打 13900139000").latest.words == "打 139****9000"
    unpaid = make_order(sale, until="reserved", by=buyer)
    assert "8000" in make_letter(unpaid, by=buyer, words=PHONE).latest.words
    assert "****" in make_letter(unpaid, by=buyer, words=PHONE, now=later(10)).latest.words
    paid = make_order(sale, until="paid", by=buyer)
    found = make_letter(paid, by=buyer, words=PHONE)
    assert found.latest.words == PHONE
    assert answer(found, sale.stall.chief, "打 13900139000").latest.words == "打 13900139000"


def test_one_conversation_a_lot_and_who_has_bought_of_it_first_writes_about_the_order(
    sale: Sale, buyer: Person
) -> None:
    first, again = about_lot(sale, buyer), about_lot(sale, buyer, "还在吗", 12)
    assert (first.id, first.lot_code, again.letters) == (again.id, sale.stall.lot.code, 2)
    assert about_lot(sale, make_buyer(sale)).id != first.id
    order = make_order(sale, until="paid", by=buyer)
    assert about_lot(sale, buyer, seconds=13).id == first.id, "what was begun goes on where it was"
    other = make_buyer(sale)
    bought = make_order(sale, until="paid", by=other)
    found = about_lot(sale, other)
    assert (found.order_number, found.lot_id) == (bought.number, None)
    assert queries.conversation_about_lot(buyer_id=other.pk, lot_id=sale.stall.lot.id) == found
    assert make_letter(order, by=buyer).id not in (first.id, found.id)
    mine = queries.conversations_of_buyer(buyer_id=buyer.pk).items
    assert [one.about for one in mine] == [sale.stall.lot.code, order.number]


def test_nobody_else_writes_reads_or_looks_at_the_photos(sale: Sale, buyer: Person, order: OrderView) -> None:
    found = make_letter(order, by=buyer, photos=1)
    officer = make_officer(sale.stall.county_id)
    photo = queries.letters_of(conversation_id=found.id)[0].photos[0]
    for stranger in (make_buyer(sale), sale.stall.presenter, sale.stall.driver, officer):
        refused(NotFound, lambda who=stranger: make_letter(order, by=who))  # type: ignore[misc]
        refused(NotFound, lambda who=stranger: answer(found, who))  # type: ignore[misc]
        refused(NotFound, lambda who=stranger: load_conversation(by=who, conversation_id=found.id))  # type: ignore[misc]
        refused(
            NotFound,
            lambda who=stranger: load_letter_photo(by=who, file_id=photo, thumbnail=True, now=later(20)),  # type: ignore[misc]
        )
    for reader in (buyer, sale.stall.chief, make_packer(sale.stall)):
        assert load_conversation(by=reader, conversation_id=found.id).id == found.id
        assert load_letter_photo(by=reader, file_id=photo, thumbnail=True, now=later(20)).data
    assert not PersonalDataRead.objects.exists()


def test_what_is_late_the_county_reads_which_is_written_down_and_answers(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    officer, packer = make_officer(sale.stall.county_id), make_packer(sale.stall)
    found, other = make_letter(order, by=buyer, photos=1), about_lot(sale, make_buyer(sale))
    answer(other, packer)
    desk_operations.escalate_due(now=DUE - timedelta(seconds=1))
    assert waits(officer) == []
    desk_operations.escalate_due(now=DUE)
    assert [one.subject for one in waits(officer)] == [f"{found.id}:1"]
    for one in (found, other):
        refused(
            NotFound,
            lambda it=one: load_late_conversation(  # type: ignore[misc]
                by=officer, conversation_id=it.id, now=DUE - timedelta(seconds=1)
            ),
        )
    assert load_late_conversation(by=officer, conversation_id=found.id, now=LATE).latest.words == ""
    assert not PersonalDataRead.objects.exists()
    (letter,) = read_late_letters(by=officer, conversation_id=found.id, reason="超时", now=LATE)
    load_letter_photo(by=officer, file_id=letter.photos[0], thumbnail=True, now=LATE)
    logged = PersonalDataRead.objects.order_by("id").values_list("reader_id", "subject", "what", "reason")
    subject = f"conversation {found.id}"
    assert list(logged) == [
        (officer.pk, subject, "letters", "超时"),
        (officer.pk, subject, "photo", "an answer is late"),
    ]
    refused(
        NotFound, lambda: read_late_letters(by=officer, conversation_id=other.id, reason="好奇", now=LATE)
    )
    assert answer(found, officer, "已请合作社联系你", now=LATE).latest.side == Side.COUNTY
    assert (waits(packer), waits(officer), len(told(buyer))) == ([], [], 1)
    refused(NotFound, lambda: load_late_conversation(by=officer, conversation_id=found.id, now=LATE))
    assert queries.wrong_conversations().figure == 0


@pytest.mark.parametrize("words", ["", " \u200b\u3164 ", "长" * 1001])
def test_a_letter_says_something_and_not_too_much(buyer: Person, order: OrderView, words: str) -> None:
    refused(problems.NothingWritten, lambda: make_letter(order, by=buyer, words=words))
    assert not Conversation.objects.exists()
    assert make_letter(order, by=buyer, words="长" * 1000).letters == 1


def test_photos_are_drawn_anew_and_at_most_three(buyer: Person, order: OrderView) -> None:
    refused(problems.TooManyPhotos, lambda: make_letter(order, by=buyer, photos=4))
    found = make_letter(order, by=buyer, photos=2)
    assert len(queries.letters_of(conversation_id=found.id)[0].photos) == 1, "the same picture twice is one"


def test_who_writes_too_much_is_told_when_to_go_on(
    sale: Sale, buyer: Person, order: OrderView, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = timedelta(hours=1)
    monkeypatch.setattr(limits, "CONVERSATIONS", limits.Rate("conversations", 1, hour))
    monkeypatch.setattr(limits, "LETTERS", limits.Rate("letters", 3, hour))
    make_letter(order, by=buyer, now=later(0))
    other = make_order(sale, until="paid", by=buyer)
    many = refused(problems.TooManyConversations, lambda: make_letter(other, by=buyer, now=later(600)))
    assert many.facts == {"most": 1, "minutes": 50}
    assert Conversation.objects.count() == 1
    make_letter(order, by=buyer, now=later(700))
    make_letter(order, by=buyer, now=later(800))
    many = refused(problems.TooManyLetters, lambda: make_letter(order, by=buyer, now=later(900)))
    assert many.facts == {"most": 3, "minutes": 45}
    assert Letter.objects.count() == 3
    assert answer(queries.conversations_of_buyer(buyer_id=buyer.pk).items[0], sale.stall.chief).letters == 4
    assert make_letter(order, by=buyer, now=later(3600)).letters == 5


def test_an_account_that_was_ended_writes_nothing(sale: Sale, buyer: Person, order: OrderView) -> None:
    found = make_letter(order, by=buyer)
    Person.objects.filter(id__in=[buyer.pk, sale.stall.chief.pk]).update(is_active=False)
    refused(problems.AccountEnded, lambda: make_letter(order, by=buyer))
    refused(problems.AccountEnded, lambda: about_lot(sale, buyer))
    refused(problems.AccountEnded, lambda: answer(found, sale.stall.chief))
    refused(problems.AccountEnded, lambda: operations.draw_letter_photos(by=buyer, photos=[make_photo()]))
    assert Letter.objects.count() == 1


def test_the_list_shows_those_who_wait_longest_first_and_finds_by_number_lot_and_name(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    chief, other = sale.stall.chief, make_buyer(sale, "阿勇")
    second = about_lot(sale, other, seconds=30)
    first = make_letter(order, by=buyer, now=later(10))
    done = make_letter(make_order(sale, until="paid", by=other), by=other, now=later(5))
    answer(done, chief)

    def listed(**which: Any) -> list[int]:
        return [one.id for one in queries.conversations_of_seller(seller_id=order.seller_id, **which).items]

    assert listed() == [first.id, second.id, done.id]
    assert listed(state=LetterState.OPEN) == [first.id, second.id]
    assert listed(state=LetterState.ANSWERED) == [done.id]
    assert listed(search=order.number[-6:].lower()) == [first.id]
    assert listed(search=sale.stall.lot.code) == [second.id]
    assert listed(search="阿勇\x00") == [second.id, done.id]
    assert listed(per_page=1, page=2) == [second.id]


def test_a_long_conversation_is_read_piece_by_piece(buyer: Person, order: OrderView) -> None:
    for number in range(5):
        found = make_letter(order, by=buyer, words=f"第{number}封", now=later(number))
    newest = queries.letters_of(conversation_id=found.id, limit=2)
    assert [one.words for one in newest] == ["第3封", "第4封"]
    before = queries.letters_of(conversation_id=found.id, before=newest[0].id, limit=2)
    assert [one.words for one in before] == ["第1封", "第2封"]


def test_the_database_keeps_every_letter_and_finds_what_does_not_fit(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    found = make_letter(order, by=buyer, words="只有我们知道", photos=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM trade_letter")
        assert "只有我们知道" not in str(cursor.fetchall()), "encrypted at rest"
    for statement in (
        "UPDATE trade_letter SET words = ''",
        "DELETE FROM trade_letter",
        "DELETE FROM trade_letterphoto",
        "DELETE FROM trade_conversation",
        "UPDATE trade_conversation SET order_id = NULL, lot_id = (SELECT min(id) FROM catalog_lot)",
        f"UPDATE trade_conversation SET buyer_id = {sale.stall.chief.pk}",
        "UPDATE trade_conversation SET answer_until = NULL",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    for change in ("waiting_since = NULL, answer_until = NULL", "last_at = last_at + interval '1 hour'"):
        with transaction.atomic():
            behind_its_back(f"UPDATE trade_conversation SET {change} WHERE id = %s", found.id)
            assert queries.wrong_conversations().figure == 1
            transaction.set_rollback(True)


def test_whoever_worked_for_the_seller_when_the_page_began_and_does_no_more_answers_nobody(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    found, packer = make_letter(order, by=buyer), make_packer(sale.stall)
    with reading_once():
        assert accounts.memberships_of(person_id=packer.pk)
        Membership.objects.filter(person=packer).delete()  # as another request does meanwhile
        refused(NotFound, lambda: answer(found, packer))
    assert Letter.objects.count() == 1


def test_a_seller_writes_first_about_a_paid_order_and_nobody_waits(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    packer = make_packer(sale.stall)

    def write(one: OrderView, by: Person, words: str = "晚一天发", seconds: float = 5) -> ConversationView:
        return operations.write_to_buyer(by=by, order_id=one.id, words=words, now=later(seconds))

    found = write(order, packer)
    assert (found.buyer_id, found.contract, found.waits) == (buyer.pk, True, False)
    assert len(told(buyer)) == 1
    assert waits(packer) == []
    write(order, packer, "明天发", 6)
    make_letter(order, by=buyer, words="好的", now=later(9))
    assert [one for one, _words in written(found)] == [Side.SELLER, Side.SELLER, Side.BUYER]
    assert len(waits(packer)) == 1
    write(order, packer, "发了", 10)
    assert waits(packer) == []
    unpaid = make_order(sale, until="reserved")
    refused(problems.NotPaidYet, lambda: write(unpaid, packer))
    for stranger in (buyer, make_officer(sale.stall.county_id), make_sale().stall.chief):
        refused(NotFound, partial(write, order, stranger))
    assert queries.wrong_conversations().figure == 0


def close(
    found: ConversationView, by: Person, reason: str = "辱骂我们的人", seconds: float = 30
) -> ConversationView:
    return operations.close_conversation(by=by, conversation_id=found.id, reason=reason, now=later(seconds))


def to_county(found: ConversationView, by: Person, words: str = "是他们先骂的") -> ConversationView:
    return operations.write_to_county(by=by, conversation_id=found.id, words=words, now=later(40))


def test_a_closed_conversation_takes_nothing_more_and_says_who_closed_it_when_and_why(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    found, packer = make_letter(order, by=buyer, words="你们都是骗子"), make_packer(sale.stall)
    refused(problems.ConversationOpen, lambda: to_county(found, buyer))
    refused(problems.ClosedForNothing, lambda: close(found, packer, "\u200b "))
    refused(NotFound, lambda: close(found, buyer))
    refused(NotFound, lambda: close(found, make_officer(sale.stall.county_id)))
    closed = close(found, packer)
    assert (closed.closed_at, closed.waits, waits(packer)) == (later(30), False, [])
    row = Letter.objects.latest("id")
    assert (row.side, row.by_id, row.at, row.words) == ("closed", packer.pk, later(30), "辱骂我们的人")
    refused(problems.ConversationClosed, lambda: close(found, packer))
    refused(problems.ConversationClosed, lambda: make_letter(order, by=buyer, words="还没完"))
    refused(problems.ConversationClosed, lambda: answer(found, packer))
    assert written(found)[-1] == (Side.CLOSED, "辱骂我们的人")
    assert next(one.kind for one in inbox.messages(person_id=buyer.pk).items) == "letters_closed"
    asked = operations.ask_refund(
        by=buyer, order_id=order.id, wrong=Wrong.OTHER, words="退钱", packs=1, now=later(50)
    )
    assert asked.waits
    assert queries.wrong_conversations().figure == 0


def test_the_buyer_of_a_closed_conversation_writes_to_the_county_and_the_seller_reads_none_of_it(
    sale: Sale, buyer: Person, order: OrderView
) -> None:
    packer, officer = make_packer(sale.stall), make_officer(sale.stall.county_id)
    found = close(make_letter(order, by=buyer, words="你们都是骗子"), packer)
    refused(NotFound, lambda: load_late_conversation(by=officer, conversation_id=found.id, now=later(35)))
    refused(NotFound, lambda: to_county(found, packer))
    for _twice in range(2):
        asked = to_county(found, buyer)
    assert asked.appealed_at == later(40)
    (item,) = [one for one in desk.waiting_for(person_id=officer.pk) if one.kind == "letters_closed"]
    assert item.facts == {"about": order.number}
    read = read_late_letters(by=officer, conversation_id=found.id, reason="问", now=later(41))
    assert [one.side for one in read] == [Side.BUYER, Side.CLOSED, Side.APPEAL, Side.APPEAL]
    answer(found, officer, "我们看过了", now=later(45))
    assert desk.waiting_for(person_id=officer.pk) == ()
    assert len(told(buyer)) == 1
    theirs = [Side.BUYER, Side.CLOSED]
    assert [one for one, _words in written(found, notes=True)] == theirs
    assert [one for one, _words in written(found, to_county=True)] == [
        *theirs,
        Side.APPEAL,
        Side.APPEAL,
        Side.REPLY,
    ]
    assert queries.conversation(conversation_id=found.id).latest.side == Side.CLOSED
    refused(NotFound, lambda: answer(found, officer, now=later(46)))
    assert queries.wrong_conversations().figure == 0


def test_the_county_closes_what_it_may_read(sale: Sale, buyer: Person, order: OrderView) -> None:
    found, officer = make_letter(order, by=buyer), make_officer(sale.stall.county_id)
    closed = operations.close_conversation(by=officer, conversation_id=found.id, reason="辱骂", now=LATE)
    assert (closed.latest.side, closed.closed_at, closed.waits) == (Side.ENDED, LATE, False)
    assert queries.wrong_conversations().figure == 0
