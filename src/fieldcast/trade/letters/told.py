"""What waits on whose desk when a buyer writes, and what the buyer is told of an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef, Role, SignedIn
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind as Asked
from fieldcast.desk.kinds import register as register_asked
from fieldcast.desk.types import Owner
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import Kind, register
from fieldcast.inbox.types import Letter as Sent
from fieldcast.trade.letters.types import ConversationView, Side
from fieldcast.trade.models import Conversation, Letter

LETTER_WAITS: Final = register_asked(
    Asked(
        code="letter_waits",
        asks=gettext_lazy("A buyer wrote to you about %(about)s"),
        hint=gettext_lazy("Answer within a working day; after that the county may read it and answer too."),
        way=gettext_lazy("Read and answer"),
        working_days=1,
        in_words=False,
    )
)
CLOSED_ASKS: Final = register_asked(
    Asked(
        code="letters_closed",
        asks=gettext_lazy("A buyer wrote to you: the conversation about %(about)s was closed"),
        hint=gettext_lazy(
            "Read why it was closed and what they write, and answer. The seller does not read it."
        ),
        way=gettext_lazy("Read and answer"),
        working_days=3,
        in_words=False,
    )
)
CLOSED: Final = gettext_noop("The conversation was closed; why stands in it.")
ANSWERED: Final = gettext_noop("It was answered.")
LET_BE: Final = gettext_noop("No answer is needed; why stands in the conversation.")


@register
@dataclass(frozen=True)
class LetterAnswered(Kind):
    """The seller, or the county, has written to a buyer; `about` is the number of an order or the code of a lot."""

    name: ClassVar[str] = "letter_answered"
    about: str
    by_county: bool

    @property
    def sentence(self) -> str:
        """Who wrote, and about what."""
        said = _("The county wrote to you about %(about)s.") if self.by_county else _(
            "The seller wrote to you about %(about)s."
        )  # fmt: skip
        return said % {"about": self.about}


@register
@dataclass(frozen=True)
class LettersClosed(Kind):
    """The seller, or the county, has closed a conversation with a buyer."""

    name: ClassVar[str] = "letters_closed"
    about: str
    by_county: bool

    @property
    def sentence(self) -> str:
        """Who closed what, and what is open still."""
        if self.by_county:
            said = _("The county closed the conversation about %(about)s. You can read why, and write to it.")
        else:
            said = _(
                "The seller closed the conversation about %(about)s. You can read why, and write to the county."
            )
        return said % {"about": self.about}


def begins_to_wait(row: Conversation, about: str, *, by: SignedIn, now: datetime) -> datetime:
    """The seller's people have until the end of the next working day, then it comes before the county; until when."""
    authority = accounts.authority(county_id=row.county_id)
    item = desk_operations.open_item(
        kind=LETTER_WAITS,
        subject=_subject(row),
        county_id=row.county_id,
        owner=Owner(row.seller_id, Role.STAFF),
        escalates_to=Owner(authority.id, Role.STAFF) if authority else None,
        facts={"about": about},
        by=by,
        now=now,
    )
    return item.due_at


def waits_no_more(row: Conversation, *, by: SignedIn, words: str, now: datetime) -> None:
    """Whoever was asked is asked no more."""
    desk_operations.finish(kind=LETTER_WAITS, subject=_subject(row), by=by, words=words, now=now)


def tell_buyer(letter: Letter, view: ConversationView, *, now: datetime) -> None:
    """Somebody wrote to the buyer."""
    sent = Sent(
        to=(view.buyer_id,),
        county_id=view.county_id,
        what=LetterAnswered(about=view.about, by_county=letter.side in (Side.COUNTY, Side.REPLY)),
        link=place_of(view),
        once_key=_key(letter.pk),
    )
    inbox_operations.send(letters=[sent], now=now)


def closed(view: ConversationView, *, by_county: bool, now: datetime) -> None:
    """The buyer hears that it is closed."""
    sent = Sent(
        to=(view.buyer_id,),
        county_id=view.county_id,
        what=LettersClosed(about=view.about, by_county=by_county),
        link=place_of(view),
        once_key=f"{LettersClosed.name}:{view.id}",
    )
    inbox_operations.send(letters=[sent], now=now)


def county_is_asked(
    row: Conversation, about: str, authority: OrganisationRef, *, by: SignedIn, now: datetime
) -> None:
    """The county's people have three working days to answer the buyer of a closed conversation."""
    desk_operations.open_item(
        kind=CLOSED_ASKS,
        subject=_turn(row),
        county_id=row.county_id,
        owner=Owner(authority.id, Role.STAFF),
        facts={"about": about},
        by=by,
        now=now,
    )


def county_has_answered(row: Conversation, *, by: SignedIn, now: datetime) -> None:
    """It is asked no more; before its answer is written."""
    desk_operations.finish(kind=CLOSED_ASKS, subject=_turn(row), by=by, words=ANSWERED, now=now)


def has_read(view: ConversationView, *, now: datetime) -> None:
    """The buyer writes again, so what was answered since they last did is news for them no more."""
    letters = Letter.objects.filter(conversation_id=view.id)
    last = letters.filter(side=Side.BUYER.value).aggregate(last=Max("id"))["last"] or 0
    answers = letters.filter(id__gt=last).exclude(side=Side.LET_BE.value)
    for letter_id in answers.values_list("id", flat=True):
        inbox_operations.mark_done(once_key=_key(letter_id), to=(view.buyer_id,), now=now)


def place_of(view: ConversationView) -> str:
    """Where its buyer reads it."""
    if view.order_id is not None:
        return f"/me/orders/{view.order_number}/letters/"
    return f"/lots/{view.lot_id}/letters/"


def _turn(row: Conversation) -> str:
    """One item each time that the buyer begins to wait for the county."""
    return f"{row.pk}:{row.letters.filter(side=Side.REPLY.value).count()}"


def _subject(row: Conversation) -> str:
    """One item each time that the buyer begins to wait."""
    return f"{row.pk}:{row.asked}"


def _key(letter_id: int) -> str:
    return f"{LetterAnswered.name}:{letter_id}"
