"""How a face runs sessions: what its pages stand in, how its addresses are named, and who may be there. Everything else
is the same for every face.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import Sentence
from fieldcast.live.types import SessionBrief, SessionView
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
class Frame:
    """One face. Its addresses' names begin with `face`, those of a session's steps with `steps`.

    `place_of` gives the workplace that a session's page stands in, None where it stands in none, and raises `NotFound`
    for those who may not run the session from this face. `mine` and `theirs` are the two parties of an agreement as
    seen from here: who plans, and with whom.
    """

    face: str
    steps: str
    template: str
    which: str
    plan_form: type[PlanForm]
    alone: Alone
    opened: Sentence
    mine: Callable[[VersionView], int]
    theirs: Callable[[VersionView], int]
    place_of: Callable[[HttpRequest, SessionView | SessionBrief], Workplace | None]
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
