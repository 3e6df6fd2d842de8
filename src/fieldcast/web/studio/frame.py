"""How a host runs sessions from the studio: whoever may run one, the cooperative's people too, may do it here."""

from operator import attrgetter

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fieldcast.live.types import SessionBrief, SessionView
from fieldcast.web.sessions.frame import Alone, Frame
from fieldcast.web.studio.forms import StudioPlanForm


def _nowhere(request: HttpRequest, session: SessionView | SessionBrief) -> None:
    """A session's page in the studio is the session's, whoever runs it."""


STUDIO = Frame(
    face="studio",
    steps="studio",
    template="shell_desk.html",
    which="studio/_which.html",
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
    mine=attrgetter("host_id"),
    theirs=attrgetter("cooperative_id"),
    place_of=_nowhere,
)
