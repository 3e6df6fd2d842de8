"""Danmaku, questions, answers: kept, paced, and hidden without being lost."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from fieldcast.kit.errors import NotFound
from fieldcast.live import operations, queries
from fieldcast.live.models import Message
from fieldcast.live.types import MessageKind
from tests.factories.accounts import NOW
from tests.live.rooms import make_crew, make_viewer, open_session, plan_session, say

pytestmark = pytest.mark.django_db


def test_what_is_said_is_read_in_the_order_it_was_said() -> None:
    crew = make_crew()
    session = open_session(crew)
    for name, text in [("小满", "这个甜度多少？"), ("阿勇", "能寄哈尔滨吗")]:
        say(session, make_viewer(crew, name), text)
    told = queries.recent_messages(session_id=session.id)
    assert [(one.name, one.text) for one in told] == [("小满", "这个甜度多少？"), ("阿勇", "能寄哈尔滨吗")]
    assert [one.name for one in queries.recent_messages(session_id=session.id, limit=1)] == ["阿勇"]


def test_nothing_is_said_before_or_after_the_session() -> None:
    crew = make_crew()
    viewer = make_viewer(crew)
    planned = plan_session(crew)
    with pytest.raises(operations.SessionNotLive):
        say(planned, viewer)
    session = open_session(crew)
    operations.close_session(by=crew.chief, session_id=session.id, now=NOW)
    with pytest.raises(operations.SessionNotLive):
        say(session, viewer)
    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n\t ", "\u202e\u200f", "\x00\x07"])
def test_an_empty_line_is_refused(text: str) -> None:
    crew = make_crew()
    with pytest.raises(operations.EmptyText):
        say(open_session(crew), make_viewer(crew), text)


def test_a_line_of_200_characters_fits_and_one_more_does_not() -> None:
    crew = make_crew()
    session, viewer = open_session(crew), make_viewer(crew)
    assert say(session, viewer, "桃" * 200).text == "桃" * 200
    with pytest.raises(operations.TextTooLong) as refusal:
        say(session, viewer, "桃" * 201)
    assert refusal.value.facts == {"length": 201, "limit": 200}


def test_marks_that_turn_words_round_are_taken_out_and_emoji_stay_whole() -> None:
    crew = make_crew()
    said = say(open_session(crew), make_viewer(crew), "很\u202e甜\u0007 👨‍👩‍👧\n真的")
    assert said.text == "很甜 👨‍👩‍👧 真的"


def test_the_sixth_message_within_ten_seconds_is_too_fast() -> None:
    crew = make_crew()
    session, viewer = open_session(crew), make_viewer(crew)
    for second in range(5):
        say(session, viewer, str(second), now=NOW + timedelta(seconds=second))
    with pytest.raises(operations.TooFast):
        say(session, viewer, "6", now=NOW + timedelta(seconds=9))
    assert say(session, make_viewer(crew, "阿勇"), now=NOW + timedelta(seconds=9)).name == "阿勇"
    assert say(session, viewer, "6", now=NOW + timedelta(seconds=10)).text == "6"


def test_changing_rooms_does_not_reset_the_pace() -> None:
    crew, other = make_crew(), make_crew()
    here, there, viewer = open_session(crew), open_session(other), make_viewer(crew)
    for _ in range(5):
        say(here, viewer)
    with pytest.raises(operations.TooFast):
        say(there, viewer)


def test_an_answer_marks_its_question_and_only_those_who_run_the_session_answer() -> None:
    crew = make_crew()
    session, viewer = open_session(crew), make_viewer(crew)
    question = say(session, viewer, kind=MessageKind.QUESTION)
    assert [one.id for one in queries.questions(session_id=session.id, answered=False)] == [question.id]
    with pytest.raises(NotFound):
        say(session, viewer, "14 度", kind=MessageKind.ANSWER, answers=question.id)
    answer = say(session, crew.presenter, "14 度", kind=MessageKind.ANSWER, answers=question.id)
    assert answer.answers == question.id
    assert [one.id for one in queries.questions(session_id=session.id, answered=True)] == [question.id]
    assert queries.questions(session_id=session.id)[0].answered


def test_an_answer_names_a_question_of_its_own_session() -> None:
    crew, other = make_crew(), make_crew()
    session, elsewhere = open_session(crew), open_session(other)
    stray = say(elsewhere, make_viewer(other), kind=MessageKind.QUESTION)
    chat = say(session, make_viewer(crew))
    for answers in (None, stray.id, chat.id, 10**9):
        with pytest.raises(operations.CannotAnswer):
            say(session, crew.presenter, "14 度", kind=MessageKind.ANSWER, answers=answers)


def test_the_database_itself_refuses_an_answer_without_a_question() -> None:
    crew = make_crew()
    session = open_session(crew)
    with pytest.raises(IntegrityError, match="answer_names_its_question"), transaction.atomic():
        Message.objects.create(
            session_id=session.id, person=crew.presenter, kind="answer", text="14 度", at=NOW
        )


def test_a_notice_is_for_those_who_run_the_session() -> None:
    crew = make_crew()
    session = open_session(crew)
    with pytest.raises(NotFound):
        say(session, make_viewer(crew), "全场半价", kind=MessageKind.NOTICE)
    assert say(session, crew.chief, "下一个是鸡蛋", kind=MessageKind.NOTICE).kind == MessageKind.NOTICE


def test_a_hidden_line_is_gone_from_sight_and_still_kept() -> None:
    crew = make_crew()
    session, viewer = open_session(crew), make_viewer(crew)
    line = say(session, viewer, "骂人的话")
    with pytest.raises(NotFound):
        operations.hide_message(by=viewer, message_id=line.id, why="广告", now=NOW)
    for _ in range(2):
        operations.hide_message(by=crew.presenter, message_id=line.id, why="广告", now=NOW)
    assert queries.recent_messages(session_id=session.id) == ()
    assert Message.objects.get(id=line.id).text == "骂人的话"
    with pytest.raises(NotFound):
        operations.hide_message(by=crew.presenter, message_id=10**9, why="广告", now=NOW)


def test_a_hidden_answer_leaves_its_question_open_again() -> None:
    crew = make_crew()
    session = open_session(crew)
    question = say(session, make_viewer(crew), kind=MessageKind.QUESTION)
    answer = say(session, crew.presenter, "14 度", kind=MessageKind.ANSWER, answers=question.id)
    operations.hide_message(by=crew.presenter, message_id=answer.id, why="广告", now=NOW)
    assert [one.id for one in queries.questions(session_id=session.id, answered=False)] == [question.id]


def test_a_line_of_before_contacts_were_hidden_shows_none_and_then_keeps_none() -> None:
    crew = make_crew()
    session = open_session(crew)
    viewer = make_viewer(crew)
    say(session, viewer, "订单号 13800138000")
    Message.objects.create(
        session_id=session.id, person=viewer, kind="chat", text="加我 138 0013 8000", at=NOW
    )
    shown = ["订单号 13800138000", "加我 138****8000"]
    assert [one.text for one in queries.recent_messages(session_id=session.id)] == shown
    import_module("fieldcast.live.migrations.0009_chat_without_contacts").hide_contacts(apps, None)
    assert list(Message.objects.order_by("id").values_list("text", flat=True)) == shown
