"""What the host said is kept with its times, and never changed."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from fieldcast.kit.errors import NotFound
from fieldcast.live import operations, queries
from fieldcast.live.models import TranscriptLine
from fieldcast.live.types import SessionView, TranscriptView
from tests.factories.accounts import NOW
from tests.live.rooms import Crew, make_crew, make_viewer, open_session, plan_session

pytestmark = pytest.mark.django_db


def transcribe(
    crew: Crew, session: SessionView, at: datetime, text: str = "早上测的 14.2 度"
) -> TranscriptView:
    return operations.transcribe(
        by=crew.presenter,
        session_id=session.id,
        text=text,
        at=at,
        source="typed",
        now=NOW + timedelta(minutes=5),
    )


def test_lines_are_read_in_the_order_they_were_said_not_written() -> None:
    crew = make_crew()
    session = open_session(crew)
    transcribe(crew, session, NOW + timedelta(minutes=2), "第二句")
    transcribe(crew, session, NOW + timedelta(minutes=1), "第一句")
    assert [line.text for line in queries.transcript(session_id=session.id)] == ["第一句", "第二句"]
    assert [line.text for line in queries.transcript(session_id=session.id, limit=1)] == ["第二句"]


def test_only_those_who_run_the_session_write_it_down() -> None:
    crew = make_crew()
    session = open_session(crew)
    with pytest.raises(NotFound):
        operations.transcribe(
            by=make_viewer(crew), session_id=session.id, text="假话", at=NOW, source="typed", now=NOW
        )


def test_words_belong_to_the_time_the_session_was_live() -> None:
    crew = make_crew()
    with pytest.raises(operations.OutsideSession):
        transcribe(crew, plan_session(crew), NOW)
    session = open_session(crew)
    for wrong in (NOW - timedelta(minutes=1), NOW + timedelta(minutes=6)):
        with pytest.raises(operations.OutsideSession):
            transcribe(crew, session, wrong)
    with pytest.raises(operations.OutsideSession):  # ended before it began
        operations.transcribe(
            by=crew.presenter,
            session_id=session.id,
            text="话",
            at=NOW + timedelta(minutes=2),
            ended_at=NOW + timedelta(minutes=1),
            source="api",
            now=NOW + timedelta(minutes=3),
        )


def test_recognition_may_run_behind_the_end_of_the_session() -> None:
    crew = make_crew()
    session = open_session(crew)
    operations.close_session(by=crew.chief, session_id=session.id, now=NOW + timedelta(minutes=3))
    assert transcribe(crew, session, NOW + timedelta(minutes=2)).source == "typed"
    with pytest.raises(operations.OutsideSession):
        transcribe(crew, session, NOW + timedelta(minutes=4))


def test_a_line_once_written_cannot_be_changed_or_deleted() -> None:
    crew = make_crew()
    line = transcribe(crew, open_session(crew), NOW)
    rows = TranscriptLine.objects.filter(id=line.id)
    for change in (lambda: rows.update(text="没说过"), rows.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()
    assert rows.get().text == "早上测的 14.2 度"
