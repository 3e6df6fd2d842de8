"""Danmaku, questions, answers and notices. Everything written is kept; what is hidden is only not shown."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.access import require, require_now
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.events import LIVE_CHANNEL, publish
from fieldcast.live import queries
from fieldcast.live.contacts import without_contacts
from fieldcast.live.models import Message
from fieldcast.live.operations.sessions import SessionNotLive
from fieldcast.live.types import MessageKind, MessageView, SessionBrief, SessionState
from fieldcast.live.words import EmptyText, one_line

TEXT_LENGTH = 200
REASON_LENGTH = 100
MOST_MESSAGES = 5
PER = timedelta(seconds=10)
LOCK_CLASS = 0x0FC1  # advisory locks of this room


class TooFast(Problem):
    """Someone writes faster than others can read."""

    code = "too_fast"
    status = 429
    sentence = _("You have sent %(most)s messages within %(seconds)s seconds.")
    next_step = _("Wait a moment, then send it again.")


class CannotAnswer(Problem):
    """An answer names a question of its own session."""

    code = "cannot_answer"
    status = 409
    sentence = _("This question is not in this session.")
    next_step = _("Choose a question from the list and answer it there.")


class HiddenForNothing(Problem):
    """A line is to go out of sight, and nobody would know why."""

    code = "hidden_for_nothing"
    status = 422
    sentence = _("Say why this line is hidden.")
    next_step = _("Choose one of the usual reasons, or write a few words.")


def say(
    *,
    by: SignedIn,
    session_id: int,
    text: str,
    kind: MessageKind,
    now: datetime,
    answers: int | None = None,
) -> MessageView:
    """Write a line into a live room. Answers and notices are for those who run the session.

    Phone numbers and chat ids in it are hidden from everyone and not kept (`live.contacts`). Raises `SessionNotLive`,
    `EmptyText`, `TextTooLong`, `TooFast`, `CannotAnswer`; `NotFound` for strangers.
    """
    session = queries.session_brief(session_id=session_id)
    if session.state != SessionState.LIVE:
        raise SessionNotLive
    if kind in {MessageKind.ANSWER, MessageKind.NOTICE}:
        require(by, "live.run_session", session)
    answers = _question(session, kind, answers)
    line = without_contacts(one_line(text, limit=TEXT_LENGTH))
    _check_pace(by, now)
    row = Message.objects.create(
        session_id=session_id, person_id=by.pk, kind=kind.value, text=line, answers_id=answers, at=now
    )
    view = queries.message(message_id=row.pk)
    publish(LIVE_CHANNEL, {"s": session_id, "chat": [as_frame(view)]})
    return view


def hide_message(*, by: SignedIn, message_id: int, now: datetime, why: str) -> None:
    """Take a line out of sight in every room; it is kept, with who hid it, when, and `why` in up to 100 letters.

    Hiding it twice changes nothing. Raises `HiddenForNothing`, `TextTooLong`; `NotFound` for strangers.
    """
    row = Message.objects.select_for_update(of=("self",)).filter(id=message_id).first()
    if row is None:
        raise NotFound("message")
    require_now(by, "live.run_session", queries.session_brief(session_id=row.session_id))
    try:
        said = one_line(why, limit=REASON_LENGTH)
    except EmptyText as nothing:
        raise HiddenForNothing from nothing
    if row.hidden_at is None:
        row.hidden_at, row.hidden_by_id, row.hidden_why = now, by.pk, said
        row.save(update_fields=["hidden_at", "hidden_by", "hidden_why"])
        publish(LIVE_CHANNEL, {"s": row.session_id, "hidden": [message_id]})


def as_frame(view: MessageView) -> dict[str, object]:
    """A line of chat as the rooms receive it."""
    return {
        "id": view.id,
        "name": view.name,
        "kind": view.kind.value,
        "text": view.text,
        "answers": view.answers,
        "at": view.at.isoformat(timespec="milliseconds"),
    }


def _question(session: SessionBrief, kind: MessageKind, answers: int | None) -> int | None:
    if kind != MessageKind.ANSWER:
        return None
    asked = Message.objects.filter(session_id=session.id, kind=MessageKind.QUESTION.value)
    if answers is None or not asked.filter(id=answers).exists():
        raise CannotAnswer
    return answers


def _check_pace(by: SignedIn, now: datetime) -> None:
    """Count what the person wrote lately. The lock makes two messages sent at once count one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK_CLASS, by.pk % 2**31])
    lately = Message.objects.filter(person_id=by.pk, at__gt=now - PER, at__lte=now).count()
    if lately >= MOST_MESSAGES:
        raise TooFast(most=MOST_MESSAGES, seconds=int(PER.total_seconds()))
