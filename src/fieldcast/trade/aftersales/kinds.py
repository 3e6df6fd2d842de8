"""What can be said of requests for money back, and what of them waits on a desk. `told` sends and opens it."""

from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fieldcast.desk.kinds import Kind as Asked
from fieldcast.desk.kinds import register as register_asked
from fieldcast.inbox.kinds import Kind, register
from fieldcast.kit.money import yuan

REFUND_ASKED: Final = register_asked(
    Asked(
        code="refund_asked",
        asks=gettext_lazy("The buyer of %(order)s asks for ¥%(amount)s back"),
        hint=gettext_lazy("Answer in time: without an answer it is granted as asked."),
        way=gettext_lazy("Look and answer"),
        working_days=2,
        in_words=False,
    )
)
REFUND_OBJECTED: Final = register_asked(
    Asked(
        code="refund_objected",
        asks=gettext_lazy("The buyer of %(order)s objects to the seller's answer (¥%(amount)s asked)"),
        hint=gettext_lazy("Read what both say and decide; what you decide is final."),
        way=gettext_lazy("Look and decide"),
        working_days=5,
        in_words=False,
    )
)
REFUND_APPEALED: Final = register_asked(
    Asked(
        code="refund_appealed",
        asks=gettext_lazy("An appeal against the county's decision on %(order)s"),
        hint=gettext_lazy("Somebody else than before reads it all and decides; then it is final."),
        way=gettext_lazy("Look and decide"),
        working_days=5,
        in_words=False,
    )
)
REFUND_TO_SEND: Final = register_asked(
    Asked(
        code="refund_to_send",
        asks=gettext_lazy("Send back what you bought with %(order)s: ¥%(amount)s follow"),
        hint=gettext_lazy("Say when it is sent, with its tracking number; else the request ends."),
        way=gettext_lazy("Say that it is sent"),
        working_days=5,
        in_words=False,
    )
)
REFUND_SENT_BACK: Final = register_asked(
    Asked(
        code="refund_sent_back",
        asks=gettext_lazy("The goods of %(order)s come back: ¥%(amount)s are asked"),
        hint=gettext_lazy("Say when they have come; without a word the money goes back by itself."),
        way=gettext_lazy("Look and answer"),
        working_days=5,
        in_words=False,
    )
)
ANSWERED: Final = gettext_noop("It was answered.")
BROUGHT_AGAIN: Final = gettext_noop("The parcel is brought once more.")
EXCHANGED: Final = gettext_noop("Other goods are sent.")
GRANTED: Final = gettext_noop("Nobody answered in time, so it was granted.")
TAKEN_BACK: Final = gettext_noop("The goods may come back.")
SENT_BACK: Final = gettext_noop("The goods are on their way back.")
NOT_SENT_BACK: Final = gettext_noop("The goods were not sent back in time.")
APPEALED: Final = gettext_noop("There was an appeal.")
DECIDED: Final = gettext_noop("It was decided.")
GONE: Final = gettext_noop("The buyer took it back, or the whole price went back otherwise.")


@dataclass(frozen=True)
class _OfOrder(Kind):
    """Something about a request for money back; `order` is its number, `fen` what was asked or given."""

    order: str
    fen: int

    @property
    def places(self) -> dict[str, str]:
        """What fills the sentence."""
        return {"order": self.order, "amount": yuan(self.fen)}


@register
@dataclass(frozen=True)
class RefundWanted(_OfOrder):
    """A buyer asks the seller."""

    name: ClassVar[str] = "refund_wanted"

    @property
    def sentence(self) -> str:
        """Which order, and how much."""
        return _("The buyer of %(order)s asks for ¥%(amount)s back.") % self.places


@register
@dataclass(frozen=True)
class RefundAnswered(_OfOrder):
    """The seller, or the county, has answered the buyer; nothing was given when `fen` is 0."""

    name: ClassVar[str] = "refund_answered"
    by_county: bool

    @property
    def sentence(self) -> str:
        """What goes back, or that nothing does."""
        if self.fen:
            return _("¥%(amount)s of order %(order)s are on their way back to you.") % self.places
        if self.by_county:
            return _("The county looked at order %(order)s: nothing goes back. Read why.") % self.places
        return (
            _("The seller gives nothing back for order %(order)s. Read why; you may object once.")
            % self.places
        )


@register
@dataclass(frozen=True)
class RefundObjected(_OfOrder):
    """A buyer wants the county to decide."""

    name: ClassVar[str] = "refund_objected"

    @property
    def sentence(self) -> str:
        """Which order."""
        return _("The buyer of %(order)s objects to the seller's answer: decide.") % self.places


@register
@dataclass(frozen=True)
class RefundDecided(_OfOrder):
    """The seller hears what the county has decided."""

    name: ClassVar[str] = "refund_decided"

    @property
    def sentence(self) -> str:
        """What goes back, or that nothing does."""
        if self.fen:
            return _("The county decided on order %(order)s: ¥%(amount)s go back to the buyer.") % self.places
        return _("The county decided on order %(order)s: nothing goes back.") % self.places


@register
@dataclass(frozen=True)
class RefundGranted(_OfOrder):
    """Nobody answered, so the buyer gets what was asked; told to buyer and seller."""

    name: ClassVar[str] = "refund_granted"

    @property
    def sentence(self) -> str:
        """How much goes back, and why."""
        return (
            _("Nobody answered in time: ¥%(amount)s of order %(order)s go back to the buyer.") % self.places
        )


@register
@dataclass(frozen=True)
class RefundToSend(_OfOrder):
    """The buyer may send the goods back."""

    name: ClassVar[str] = "refund_to_send"

    @property
    def sentence(self) -> str:
        """Which order, and what follows."""
        return _("Send the goods of order %(order)s back and say so: ¥%(amount)s follow.") % self.places


@register
@dataclass(frozen=True)
class RefundSentBack(_OfOrder):
    """The buyer has sent the goods back; told to the seller."""

    name: ClassVar[str] = "refund_sent_back"

    @property
    def sentence(self) -> str:
        """Which order."""
        return _("The buyer of %(order)s has sent the goods back: say when they have come.") % self.places


@register
@dataclass(frozen=True)
class RefundNotSent(_OfOrder):
    """The goods were not sent back in time: the request has ended."""

    name: ClassVar[str] = "refund_not_sent"

    @property
    def sentence(self) -> str:
        """Which order."""
        return _("The goods of order %(order)s were not sent back in time: the request ended.") % self.places


@register
@dataclass(frozen=True)
class RefundAppealed(_OfOrder):
    """Somebody appeals against what the county has decided; told to the county and the other side."""

    name: ClassVar[str] = "refund_appealed"

    @property
    def sentence(self) -> str:
        """Which order."""
        return _("There is an appeal against the county's decision on order %(order)s.") % self.places
