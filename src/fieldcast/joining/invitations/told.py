"""What people are told of invitations: the number's owner when there is one, or as soon as they sign in; then whoever
invited.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.joining.invitations.queries import invitations_to
from fieldcast.joining.invitations.types import InvitationView

TO_ANSWER: Final = "/join/#invitations"
LIST: Final = "/join/invitations/"


@register
@dataclass(frozen=True)
class Invited(Kind):
    """Somebody wants its reader to come and work with them."""

    name: ClassVar[str] = "invited"
    place: str
    place_en: str

    @property
    def sentence(self) -> str:
        """Where to."""
        chinese = (get_language() or "zh").startswith("zh")
        place = self.place if chinese else self.place_en or self.place
        return _("You are invited to work at %(place)s: accept or decline.") % {"place": place}


@register
@dataclass(frozen=True)
class InvitationAnswered(Kind):
    """Whoever invited hears the answer; `tail` are the last digits of the number."""

    name: ClassVar[str] = "invitation_answered"
    tail: str
    accepted: bool

    @property
    def sentence(self) -> str:
        """Yes or no."""
        if self.accepted:
            return _("The number ending in %(tail)s accepts your invitation.") % {"tail": self.tail}
        return _("The number ending in %(tail)s declines your invitation.") % {"tail": self.tail}


def invited(person_id: int, found: Sequence[InvitationView], *, now: datetime) -> None:
    """Tell a person of each invitation once."""
    letters = [
        Letter(
            to=(person_id,),
            county_id=one.county_id,
            what=Invited(place=one.organisation_name, place_en=one.organisation_name_en),
            link=TO_ANSWER,
            once_key=_key(one.id),
            due=one.expires_at,
        )
        for one in found
    ]
    inbox_operations.send(letters=letters, now=now)


def answered(one: InvitationView, *, person_id: int, accepted: bool, now: datetime) -> None:
    """Whoever invited hears it; for whom it waited it waits no more."""
    over(one.id, person_id=person_id, now=now)
    letter = Letter(
        to=(one.by_id,),
        county_id=one.county_id,
        what=InvitationAnswered(tail=one.tail, accepted=accepted),
        link=LIST,
        once_key=f"invitation_answered:{one.id}",
    )
    inbox_operations.send(letters=[letter], now=now)


def over(invitation_id: int, *, person_id: int, now: datetime) -> None:
    """It waits for this person no more."""
    inbox_operations.mark_done(once_key=_key(invitation_id), to=(person_id,), now=now)


def someone_signed_in(sender: Any, request: HttpRequest | None, user: Any, **rest: Any) -> None:
    """Whoever signs in with an invited number, maybe for the first time, is told of it."""
    now = timezone.now()
    invited(user.pk, invitations_to(person_id=user.pk, now=now), now=now)


def connect() -> None:
    """Hear of everyone who signs in."""
    user_logged_in.connect(someone_signed_in, dispatch_uid="fieldcast.joining.invitations")


def _key(invitation_id: int) -> str:
    return f"invited:{invitation_id}"
