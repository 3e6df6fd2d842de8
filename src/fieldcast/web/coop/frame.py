"""How the cooperative runs its sessions: it plans with a host, and its owners and managers alone change anything."""

from operator import attrgetter
from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationKind
from fieldcast.kit.errors import NotFound
from fieldcast.live import queries as live
from fieldcast.live.types import SessionBrief, SessionState, SessionView
from fieldcast.web.coop import scenes
from fieldcast.web.sessions.forms import PlanForm
from fieldcast.web.sessions.frame import Alone, Frame, Listing, Shown
from fieldcast.web.shared.workplace import Workplace, workplace_of

PAGE: Final = Shown("coop/sessions/detail.html", scenes.shown)


def _look(request: HttpRequest, session_id: int) -> tuple[SessionView, Workplace]:
    """A session for everyone who works at the cooperative whose goods it sells; else `NotFound`."""
    session = live.session(session_id=session_id)
    return session, workplace_of(request, session.cooperative_id)


def _place_of(request: HttpRequest, session: SessionView | SessionBrief) -> Workplace:
    """The cooperative whose goods a session sells, for its owners and managers; else `NotFound`."""
    place = workplace_of(request, session.cooperative_id)
    if not place.manages:
        raise NotFound("session")
    return place


COOP = Frame(
    face="coop",
    steps="coop_session",
    kind=OrganisationKind.COOPERATIVE,
    template="coop/frame.html",
    which="components/workplaces.html",
    new="coop_session_new",
    plan_form=PlanForm,
    alone=Alone(
        title=_("No agreement with a host yet"),
        text=_("Goods are sold under an agreement: make one first."),
        address="coop_agreement_new",
        action=_("New agreement"),
    ),
    opened=_("“%(title)s” is live."),
    listing=Listing(
        template="coop/sessions/list.html",
        states=(SessionState.LIVE, SessionState.PLANNED, SessionState.ENDED),
        rows=lambda sessions, _now: sessions,
    ),
    pages=dict.fromkeys(SessionState, PAGE),
    mine=attrgetter("cooperative_id"),
    theirs=attrgetter("host_id"),
    look=_look,
    place_of=_place_of,
    lot_new="coop_lot_new",
)
