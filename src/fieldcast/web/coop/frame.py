"""How the cooperative runs its sessions: it plans with a host, and its owners and managers alone change anything."""

from operator import attrgetter

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import NotFound
from fieldcast.live.types import SessionBrief, SessionView
from fieldcast.web.sessions.forms import PlanForm
from fieldcast.web.sessions.frame import Alone, Frame
from fieldcast.web.shared.workplace import Workplace, workplace_of


def _place_of(request: HttpRequest, session: SessionView | SessionBrief) -> Workplace:
    """The cooperative whose goods a session sells, for its owners and managers; else `NotFound`."""
    place = workplace_of(request, session.cooperative_id)
    if not place.manages:
        raise NotFound("session")
    return place


COOP = Frame(
    face="coop",
    steps="coop_session",
    template="coop/frame.html",
    which="coop/_place.html",
    plan_form=PlanForm,
    alone=Alone(
        title=_("No agreement with a host yet"),
        text=_("Goods are sold under an agreement: make one first."),
        address="coop_agreement_new",
        action=_("New agreement"),
    ),
    opened=_("“%(title)s” is live."),
    mine=attrgetter("cooperative_id"),
    theirs=attrgetter("host_id"),
    place_of=_place_of,
    lot_new="coop_lot_new",
)
