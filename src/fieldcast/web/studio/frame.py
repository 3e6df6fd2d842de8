"""How a host runs sessions from the studio: whoever may run one, the cooperative's people too, may do it here."""

from operator import attrgetter

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationKind
from fieldcast.live.loaders import load_session_to_run
from fieldcast.live.types import SessionBrief, SessionState, SessionView
from fieldcast.web.sessions.frame import Alone, Frame, Listing, Shown
from fieldcast.web.sessions.held import with_sales
from fieldcast.web.shared.workplace import person_of
from fieldcast.web.studio import scenes
from fieldcast.web.studio.forms import StudioPlanForm


def _look(request: HttpRequest, session_id: int) -> tuple[SessionView, None]:
    """A session for those who run it; else `NotFound`."""
    return load_session_to_run(by=person_of(request), session_id=session_id), None


def _nowhere(request: HttpRequest, session: SessionView | SessionBrief) -> None:
    """A session's page in the studio is the session's, whoever runs it."""


STUDIO = Frame(
    face="studio",
    steps="studio",
    kind=OrganisationKind.HOST,
    template="shell_desk.html",
    which="components/workplaces.html",
    new="studio_new",
    plan_form=StudioPlanForm,
    alone=Alone(
        title=_("No agreement yet"),
        text=_(
            "What you earn is agreed before you sell. Ask a cooperative to make an agreement with you; it appears here."
        ),
        address="studio",
        action=_("Back to the studio"),
    ),
    opened=_("You are live. Good luck!"),
    listing=Listing(
        template="studio/sessions.html",
        states=(SessionState.LIVE, SessionState.PLANNED, SessionState.ENDED, SessionState.CANCELLED),
        rows=lambda sessions, now: with_sales(sessions, now=now),
    ),
    pages={
        SessionState.PLANNED: Shown("studio/planned.html", scenes.planned),
        SessionState.LIVE: Shown("studio/live.html", scenes.on_air),
        SessionState.ENDED: Shown("studio/ended.html", scenes.ended),
        SessionState.CANCELLED: Shown("studio/cancelled.html", scenes.called_off),
    },
    mine=attrgetter("host_id"),
    theirs=attrgetter("cooperative_id"),
    look=_look,
    place_of=_nowhere,
    tells_staff=True,
)
