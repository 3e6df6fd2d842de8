"""What the desk tells people: that something is handed to them, is due soon, or was not answered in time.

The sentence is made from the item's kind, so a new kind of item needs no kind of message of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from fieldcast.accounts import queries as accounts
from fieldcast.desk.kinds import kind_of
from fieldcast.desk.types import ENDS, Deed, ItemView, Owner, at_least
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import MOST_LETTERS, Kind, register
from fieldcast.inbox.types import Letter


@dataclass(frozen=True)
class _Asked(Kind):
    """Something on the desk: `asks` is the code of its kind, `about` the facts of its sentence."""

    asks: str
    about: Mapping[str, str | int]

    @property
    def what(self) -> str:
        """What is asked, as the desk says it."""
        return kind_of(self.asks).asked(self.about)


@register
@dataclass(frozen=True)
class HandedToYou(_Asked):
    """Somebody wants its reader to take it."""

    name: ClassVar[str] = "handed_to_you"

    @property
    def sentence(self) -> str:
        """What it is."""
        return _("It was handed to you: %(what)s") % {"what": self.what}


@register
@dataclass(frozen=True)
class DueSoon(_Asked):
    """A working day is left."""

    name: ClassVar[str] = "due_soon"

    @property
    def sentence(self) -> str:
        """What is still to be answered."""
        return _("To be answered soon: %(what)s") % {"what": self.what}


@register
@dataclass(frozen=True)
class NotAnswered(_Asked):
    """Those who were asked let the time go by; now its reader may answer."""

    name: ClassVar[str] = "not_answered"

    @property
    def sentence(self) -> str:
        """What was not answered."""
        return _("Not answered in time: %(what)s") % {"what": self.what}


KINDS: Mapping[Deed, type[_Asked]] = {
    Deed.HANDED_OVER: HandedToYou,
    Deed.REMINDED: DueSoon,
    Deed.ESCALATED: NotAnswered,
}


def tell(*, item: ItemView, deed: Deed, at: datetime, **_signal: Any) -> None:
    """Tell whoever a step concerns; what was answered waits as news for nobody any more."""
    if deed in ENDS:
        everyone = {*_who(item.owner), *_who(item.escalates_to), *_holder(item)}
        for done in (Deed.REMINDED, Deed.ESCALATED):
            inbox_operations.mark_done(once_key=_key(item, done), to=everyone, now=at)
    if deed not in KINDS:
        return
    about = {name: _small(fact) for name, fact in item.facts.items()}
    letter = Letter(
        to=_people(item, deed),
        county_id=item.county_id,
        what=KINDS[deed](asks=item.kind, about=about),
        link=f"/me/desk/{item.id}/",
        once_key=_key(item, deed, at=at),
        due=item.due_at,
    )
    inbox_operations.send(letters=[letter], now=at)


def _people(item: ItemView, deed: Deed) -> tuple[int, ...]:
    if deed == Deed.HANDED_OVER:
        return (item.offered_to_id,) if item.offered_to_id is not None else ()
    if deed == Deed.ESCALATED:
        return _who(item.escalates_to)
    return _holder(item) or _who(item.owner)


def _holder(item: ItemView) -> tuple[int, ...]:
    return (item.owner.person_id,) if item.owner.person_id is not None else ()


def _who(owner: Owner | None) -> tuple[int, ...]:
    if owner is None or owner.organisation_id is None or owner.role is None:
        return ()
    people = accounts.people_of(organisation_ids={owner.organisation_id}, roles=at_least(owner.role))
    return people.get(owner.organisation_id, ())


def _small(fact: Any) -> str | int:
    return fact if isinstance(fact, int) else str(fact)[:MOST_LETTERS]


def _key(item: ItemView, deed: Deed, *, at: datetime | None = None) -> str:
    """An item is reminded of and escalated once, and may be handed over several times."""
    several = f":{at.isoformat()}" if at is not None and deed == Deed.HANDED_OVER else ""
    return f"desk:{item.id}:{deed.value}{several}"
