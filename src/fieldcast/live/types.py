"""What live tells the other rooms."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fieldcast.kit.letters import has_chinese

LONGEST_HOLD: Final = 3600  # seconds that an order may keep its packs unpaid
STILL_COMING: Final = timedelta(hours=3)  # a session that is late to begin is still the next one


class SessionState(StrEnum):
    """A session is planned, goes live once, and ends; or is cancelled before it began."""

    PLANNED = "planned"
    LIVE = "live"
    ENDED = "ended"
    CANCELLED = "cancelled"


class SessionDeed(StrEnum):
    """What was done with a session; each is written down with who did it and when."""

    PLANNED = "planned"
    CHANGED = "changed"
    OPENED = "opened"
    EXPLAINED = "explained"
    ENDED = "ended"
    CANCELLED = "cancelled"


class MessageKind(StrEnum):
    """What a line of chat is."""

    CHAT = "chat"
    QUESTION = "question"
    ANSWER = "answer"
    NOTICE = "notice"


@dataclass(frozen=True)
class Counts:
    """What the audience did. `viewers` are connected now."""

    viewers: int
    peak_viewers: int
    visits: int
    likes: int
    shares: int


def english_title(title: str, *, host_name_en: str) -> str:
    """What a session is called in English: hosts type one title, and where it is Chinese the session is called after
    its host; empty where the title can be read as it is, or its host has no English name."""
    return f"Live with {host_name_en}" if host_name_en and has_chinese(title) else ""


@dataclass(frozen=True)
class SessionView:
    """A session. `hold_seconds` is how long an unpaid order keeps its packs; `clip` names the film it shows, if any.

    The village is the cooperative's, or the host's where the cooperative has none.
    """

    id: int
    county_id: int
    title: str
    organiser_id: int
    cooperative_id: int
    host_id: int
    agreement_version_id: int
    starts_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    state: SessionState
    explaining_offer_id: int | None
    hold_seconds: int
    public_benefit: bool
    cover: str
    clip: str
    host_name: str
    host_name_en: str
    host_picture: str
    cooperative_name: str
    cooperative_name_en: str
    village: str
    village_en: str
    counts: Counts

    @property
    def title_en(self) -> str:
        """A title for who reads English; empty where the title can be read as it is."""
        return english_title(self.title, host_name_en=self.host_name_en)

    @property
    def runners(self) -> frozenset[int]:
        """The organisations whose owners and managers may run the session."""
        return frozenset({self.organiser_id, self.cooperative_id, self.host_id})


@dataclass(frozen=True)
class SourceView:
    """Where a session's pictures come from. Shown from `from_at` (None while it is planned) until `to_at`."""

    session_id: int
    kind: str
    key: str
    from_at: datetime | None
    to_at: datetime | None


@dataclass(frozen=True)
class SessionBrief:
    """What trade must know of a session while it sells: one row, no joins."""

    id: int
    county_id: int
    title: str
    organiser_id: int
    cooperative_id: int
    host_id: int
    agreement_version_id: int
    state: SessionState
    hold_seconds: int

    @property
    def runners(self) -> frozenset[int]:
        """The organisations whose owners and managers may run the session."""
        return frozenset({self.organiser_id, self.cooperative_id, self.host_id})


@dataclass(frozen=True)
class MessageView:
    """A line of chat. `answers` is the question an answer replies to."""

    id: int
    session_id: int
    person_id: int
    name: str
    kind: MessageKind
    text: str
    answers: int | None
    answered: bool
    at: datetime

    @property
    def from_host(self) -> bool:
        """The host's word: an answer or a notice."""
        return self.kind in (MessageKind.ANSWER, MessageKind.NOTICE)


@dataclass(frozen=True)
class HiddenView:
    """A line of chat that was taken out of sight. `hidden_by` and `why` are "" where that was not kept yet."""

    id: int
    name: str
    text: str
    at: datetime
    hidden_at: datetime
    hidden_by: str
    why: str


@dataclass(frozen=True)
class TranscriptView:
    """Something the host said. `source` names the engine it came from (`live.captions`)."""

    id: int
    at: datetime
    ended_at: datetime | None
    text: str
    source: str


@dataclass(frozen=True)
class Talk:
    """How much was written in a session, hidden lines left out."""

    messages: int
    questions: int
    unanswered: int
