"""What people are told of requests to join, and what then waits on whose desk: opened and ended together.

Only public names are said, and none of what people wrote.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef, Role, SignedIn
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind as Asked
from fieldcast.desk.kinds import register as register_asked
from fieldcast.desk.types import Owner
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.joining.models import JoinRequest
from fieldcast.joining.requests.answerers import people_who_answer
from fieldcast.joining.requests.types import ANSWERS, WORKING_DAYS, JoinKind
from fieldcast.kit.errors import Sentence

WANTS: Final[Mapping[JoinKind, Sentence]] = {
    JoinKind.FARMER: gettext_lazy("%(person)s asks to join as a farm household"),
    JoinKind.SELLER: gettext_lazy("%(person)s asks to sell for a cooperative"),
    JoinKind.HOST: gettext_lazy("%(person)s asks to host live sessions"),
    JoinKind.CARRIER: gettext_lazy("%(person)s asks to carry parcels"),
}
TO_ANSWER: Final[Mapping[JoinKind, Asked]] = {
    kind: register_asked(
        Asked(
            code=f"join_{kind.value}",
            asks=sentence,
            hint=gettext_lazy(
                "Take them in, ask for more, or say why not; after that the county may answer too."
            ),
            way=gettext_lazy("Look and answer"),
            working_days=WORKING_DAYS,
            in_words=False,
        )
    )
    for kind, sentence in WANTS.items()
}
TO_TELL: Final = register_asked(
    Asked(
        code="join_more",
        asks=gettext_lazy("%(place)s asks for more about your request"),
        hint=gettext_lazy("Your request goes on as soon as you have answered."),
        way=gettext_lazy("Read and answer"),
        working_days=2 * WORKING_DAYS,
        in_words=False,
    )
)
ANSWERED: Final = gettext_noop("It was answered.")
MORE: Final = gettext_noop("More was asked of whoever asks.")
TOLD: Final = gettext_noop("More was told.")
TAKEN_BACK: Final = gettext_noop("Whoever asked took it back.")


@register
@dataclass(frozen=True)
class JoinWanted(Kind):
    """Somebody asks to join; `as_what` is the kind of request, `person` their public name."""

    name: ClassVar[str] = "join_wanted"
    as_what: str
    person: str

    @property
    def sentence(self) -> str:
        """Who asks, and for what."""
        return str(WANTS[JoinKind(self.as_what)]) % {"person": self.person}


@register
@dataclass(frozen=True)
class JoinTaken(Kind):
    """Whoever asked is taken in by `place`; `as_what` is the kind of request."""

    name: ClassVar[str] = "join_taken"
    as_what: str
    place: str

    @property
    def sentence(self) -> str:
        """By whom, as what, and where to begin."""
        says = {
            JoinKind.FARMER: _("%(place)s takes you in as a farm household: see “Where I work”."),
            JoinKind.SELLER: _("%(place)s takes your cooperative in: see “Where I work”."),
            JoinKind.HOST: _("%(place)s takes you in as a host: see “Where I work”."),
            JoinKind.CARRIER: _("%(place)s takes you in as a carrier: see “Where I work”."),
        }
        return says[JoinKind(self.as_what)] % {"place": self.place}


@register
@dataclass(frozen=True)
class JoinDeclined(Kind):
    """Whoever asked is not taken in."""

    name: ClassVar[str] = "join_declined"
    place: str

    @property
    def sentence(self) -> str:
        """By whom; why stands where the message leads."""
        return _("%(place)s does not take you in. Read why; you may ask again.") % {"place": self.place}


@register
@dataclass(frozen=True)
class JoinMoreAsked(Kind):
    """Something is not clear yet."""

    name: ClassVar[str] = "join_more_asked"
    place: str

    @property
    def sentence(self) -> str:
        """Who wants to know."""
        return _("%(place)s asks for more about your request: read and answer.") % {"place": self.place}


@register
@dataclass(frozen=True)
class HostWishes(Kind):
    """A cooperative hears of a new host who would like to work with it."""

    name: ClassVar[str] = "join_host_wishes"
    person: str

    @property
    def sentence(self) -> str:
        """Who it is."""
        return _("%(person)s is a host now and would like to show your goods: make an agreement.") % {
            "person": self.person
        }


def asked(row: JoinRequest, goes_to: OrganisationRef, *, turn: int, by: SignedIn, now: datetime) -> datetime:
    """Those who answer have five working days, then it comes before the county; returns until when.

    `turn` counts how often it was asked: once, and again after more was told.
    """
    person = accounts.person_ref(person_id=row.person_id).display_name
    item = desk_operations.open_item(
        kind=TO_ANSWER[JoinKind(row.kind)],
        subject=f"{row.pk}:{turn}",
        county_id=row.county_id,
        owner=Owner(goes_to.id, ANSWERS[goes_to.kind]),
        escalates_to=_above(goes_to),
        facts={"person": person},
        by=by,
        now=now,
    )
    _send(
        JoinWanted(as_what=row.kind, person=person),
        row,
        to=set(people_who_answer(goes_to)) - {row.person_id},
        link=f"/join/requests/{row.pk}/",
        turn=turn,
        due=item.due_at,
        now=now,
    )
    return item.due_at


def answered(
    row: JoinRequest, goes_to: OrganisationRef, *, turn: int, by: SignedIn, words: str, now: datetime
) -> None:
    """Nobody is asked any more, neither those who answer nor whoever was to tell more."""
    kind = TO_ANSWER[JoinKind(row.kind)]
    desk_operations.finish(kind=kind, subject=f"{row.pk}:{turn}", by=by, words=words, now=now)
    desk_operations.finish(kind=TO_TELL, subject=f"{row.pk}:{turn}", by=by, words=words, now=now)
    inbox_operations.mark_done(
        once_key=_key(JoinWanted.name, row, turn), to=people_who_answer(goes_to), now=now
    )
    inbox_operations.mark_done(once_key=_key(JoinMoreAsked.name, row, turn), to=(row.person_id,), now=now)


def more_asked(row: JoinRequest, goes_to: OrganisationRef, *, turn: int, by: SignedIn, now: datetime) -> None:
    """It waits for whoever asked."""
    item = desk_operations.open_item(
        kind=TO_TELL,
        subject=f"{row.pk}:{turn}",
        county_id=row.county_id,
        owner=Owner(person_id=row.person_id),
        facts={"place": goes_to.name},
        by=by,
        now=now,
    )
    more = JoinMoreAsked(place=goes_to.name)
    _send(more, row, to=(row.person_id,), link=_own(row), turn=turn, due=item.due_at, now=now)


def taken(row: JoinRequest, goes_to: OrganisationRef, *, now: datetime) -> None:
    """Whoever asked hears that they are in; a cooperative with which a new host would like to work hears that."""
    what = JoinTaken(as_what=row.kind, place=goes_to.name)
    _send(what, row, to=(row.person_id,), link=_own(row), now=now)
    if row.kind != JoinKind.HOST.value or row.cooperative_id is None:
        return
    wished = accounts.organisation(organisation_id=row.cooperative_id)
    person = accounts.person_ref(person_id=row.person_id).display_name
    link = "/coop/agreements/new/"
    _send(HostWishes(person=person), row, to=people_who_answer(wished), link=link, now=now)


def declined(row: JoinRequest, goes_to: OrganisationRef, *, now: datetime) -> None:
    """Whoever asked hears that they are not, and where it says why."""
    _send(JoinDeclined(place=goes_to.name), row, to=(row.person_id,), link=_own(row), now=now)


def _above(goes_to: OrganisationRef) -> Owner | None:
    """Before whom it comes when it is not answered: the authority, and where that is asked, its owner."""
    if goes_to.kind == OrganisationKind.AUTHORITY:
        return Owner(goes_to.id, Role.OWNER)
    authority = accounts.authority(county_id=goes_to.county_id)
    return Owner(authority.id, Role.STAFF) if authority else None


def _own(row: JoinRequest) -> str:
    return f"/join/mine/{row.pk}/"


def _send(
    what: Kind,
    row: JoinRequest,
    *,
    to: Collection[int],
    link: str,
    now: datetime,
    turn: int = 0,
    due: datetime | None = None,
) -> None:
    letter = Letter(
        to=tuple(to),
        county_id=row.county_id,
        what=what,
        link=link,
        once_key=_key(what.name, row, turn),
        due=due,
    )
    inbox_operations.send(letters=[letter], now=now)


def _key(name: str, row: JoinRequest, turn: int) -> str:
    return f"{name}:{row.pk}:{turn}"
