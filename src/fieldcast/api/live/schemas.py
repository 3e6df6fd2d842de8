"""What the live endpoints take."""

from ninja import Schema
from pydantic import Field

from fieldcast.api.fields import Id, Line, Moment, Text, Whole, Words
from fieldcast.live.types import LONGEST_HOLD, MessageKind


class SessionIn(Schema):
    """A session to plan. `hold_seconds`: how long an unpaid order keeps its packs.

    Whether it is for the public's benefit follows the agreement's terms, whatever a request says.
    """

    title: Line
    starts_at: Moment
    organiser_id: Id
    cooperative_id: Id
    host_id: Id
    agreement_version_id: Id
    hold_seconds: Whole | None = Field(default=None, ge=1, le=LONGEST_HOLD)
    cover: Words = ""
    clip: Words = ""


class ExplainIn(Schema):
    """The offer the host now explains; null for none."""

    offer_id: Id | None = None


class MessageIn(Schema):
    """A line of chat, a question, or an answer to one."""

    text: Text = Field(max_length=2000)
    kind: MessageKind = MessageKind.CHAT
    answers: Id | None = None


class LikesIn(Schema):
    """Likes tapped since the last report."""

    count: Whole = Field(ge=1, le=50)


class LikesOut(Schema):
    """All likes of the session."""

    likes: int


class TranscriptIn(Schema):
    """Something the host said, with its times."""

    text: Text = Field(max_length=5000)
    at: Moment
    ended_at: Moment | None = None
