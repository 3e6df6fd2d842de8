"""How a face runs sessions: what its pages stand in, how its addresses are named, who may be there, and what it shows
of a session in each of its states. Everything else is the same for every face.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Sentence
from fieldcast.live.types import SessionBrief, SessionState, SessionView
from fieldcast.web.sessions.forms import PlanForm
from fieldcast.web.shared.workplace import Workplace


@dataclass(frozen=True)
class Alone:
    """What somebody without an agreement is told, and where they are led."""

    title: Sentence
    text: Sentence
    address: str
    action: Sentence


@dataclass(frozen=True)
class Listing:
    """The face's list of sessions: its template over `sessions/list.html`, the states that can be picked, and what a
    row shows of each session.
    """

    template: str
    states: tuple[SessionState, ...]
    rows: Callable[[Sequence[SessionView], datetime], Sequence[object]]


@dataclass(frozen=True)
class Shown:
    """A session's page in one of its states: its template over `sessions/detail.html`, and what it shows."""

    template: str
    context: Callable[[SessionView, datetime], dict[str, Any]]


@dataclass(frozen=True)
class Frame:
    """One face. Its addresses' names begin with `face`, those of a session's steps with `steps`.

    `look` loads a session for those who may see it from this face, with the workplace that its page stands in, None
    where it stands in none; `place_of` gives that workplace to those who may run the session from here. Both raise
    `NotFound` for everyone else. `mine` and `theirs` are the two parties of an agreement as seen from here: who plans,
    and with whom.
    """

    face: str
    steps: str
    kind: OrganisationKind  # whose people come here
    template: str
    which: str
    new: str  # where a session is planned
    plan_form: type[PlanForm]
    alone: Alone
    opened: Sentence
    listing: Listing
    pages: Mapping[SessionState, Shown]
    mine: Callable[[VersionView], int]
    theirs: Callable[[VersionView], int]
    look: Callable[[HttpRequest, int], tuple[SessionView, Workplace | None]]
    place_of: Callable[[HttpRequest, SessionView | SessionBrief], Workplace | None]
    tells_staff: bool = False  # staff who cannot plan are told who can; without it they are refused
    lot_new: str = ""  # where a fresh lot is registered, for those who may

    @property
    def session(self) -> str:
        """The name of a session's address; those below alike."""
        return f"{self.face}_session"

    @property
    def edit(self) -> str:
        """Another title or time."""
        return f"{self.steps}_edit"

    @property
    def offer_new(self) -> str:
        """One more thing to sell."""
        return f"{self.face}_offer_new"

    @property
    def offer(self) -> str:
        """A change of one that is sold."""
        return f"{self.face}_offer"

    @property
    def offer_close(self) -> str:
        """Taking one off sale."""
        return f"{self.face}_offer_close"

    def page_of(self, session_id: int) -> str:
        """The address of a session's page."""
        return reverse(self.session, args=[session_id])
