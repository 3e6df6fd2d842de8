"""What people are told of requests for money back, and what then waits on whose desk: opened and ended together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE, OrganisationRef, Role, SignedIn
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind as Asked
from fieldcast.desk.kinds import register as register_asked
from fieldcast.desk.types import Owner
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.kit.money import yuan
from fieldcast.trade.models import Order, RefundRequest

REFUND_ASKED: Final = register_asked(
    Asked(
        code="refund_asked",
        asks=gettext_lazy("The buyer of %(order)s asks for ¥%(amount)s back"),
        hint=gettext_lazy("Give money back or say why not; after two days the county may answer too."),
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
        working_days=3,
        in_words=False,
    )
)
ANSWERED: Final = gettext_noop("It was answered.")
BROUGHT_AGAIN: Final = gettext_noop("The parcel is brought once more.")
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


def asked(row: RefundRequest, order: Order, *, by: SignedIn, now: datetime) -> None:
    """The seller's owners and managers have two days; then it comes before the county."""
    authority = accounts.authority(county_id=order.county_id)
    desk_operations.open_item(
        kind=REFUND_ASKED,
        subject=str(row.pk),
        county_id=order.county_id,
        owner=Owner(order.seller_id, Role.MANAGER),
        escalates_to=Owner(authority.id, Role.STAFF) if authority else None,
        facts={"order": order.number, "amount": yuan(row.asked_fen)},
        due_at=row.answer_until,
        by=by,
        now=now,
    )
    _send(
        RefundWanted(order=order.number, fen=row.asked_fen),
        row,
        order,
        to=_sellers(order),
        link=f"/coop/refunds/{row.pk}/",
        due=row.answer_until,
        now=now,
    )


def objected(
    row: RefundRequest, order: Order, authority: OrganisationRef, *, by: SignedIn, now: datetime
) -> None:
    """The county has three working days; then its owner hears of it."""
    item = desk_operations.open_item(
        kind=REFUND_OBJECTED,
        subject=str(row.pk),
        county_id=order.county_id,
        owner=Owner(authority.id, Role.STAFF),
        escalates_to=Owner(authority.id, Role.OWNER),
        facts={"order": order.number, "amount": yuan(row.asked_fen)},
        by=by,
        now=now,
    )
    _send(
        RefundObjected(order=order.number, fen=row.asked_fen),
        row,
        order,
        to=_officers(authority),
        link=f"/county/refunds/{row.pk}/",
        due=item.due_at,
        now=now,
    )


def answered(
    row: RefundRequest, order: Order, *, given_fen: int, by: SignedIn, by_county: bool, now: datetime
) -> None:
    """Nobody is asked any more, and the buyer hears of it; the seller too where the county answered."""
    end(row, order, by=by, words=DECIDED if by_county else ANSWERED, now=now)
    said = RefundAnswered(order=order.number, fen=given_fen, by_county=by_county)
    _send(said, row, order, to=(order.buyer_id,), link=f"/me/orders/{order.number}/#refund-request", now=now)
    if by_county:
        decided = RefundDecided(order=order.number, fen=given_fen)
        _send(decided, row, order, to=_sellers(order), link=f"/coop/refunds/{row.pk}/", now=now)


def end(row: RefundRequest, order: Order, *, by: SignedIn | None, words: str, now: datetime) -> None:
    """Whoever was asked is asked no more."""
    authority = accounts.authority(county_id=order.county_id)
    everyone = {*_sellers(order), *(_officers(authority) if authority else ())}
    for kind, name in ((REFUND_ASKED, RefundWanted.name), (REFUND_OBJECTED, RefundObjected.name)):
        desk_operations.finish(kind=kind, subject=str(row.pk), by=by, words=words, now=now)
        inbox_operations.mark_done(once_key=_key(name, row), to=everyone, now=now)


def _sellers(order: Order) -> tuple[int, ...]:
    people = accounts.people_of(organisation_ids={order.seller_id}, roles=ANSWERABLE)
    return people.get(order.seller_id, ())


def _officers(authority: OrganisationRef) -> tuple[int, ...]:
    return accounts.people_of(organisation_ids={authority.id}).get(authority.id, ())


def _send(
    what: Kind,
    row: RefundRequest,
    order: Order,
    *,
    to: Collection[int],
    link: str,
    now: datetime,
    due: datetime | None = None,
) -> None:
    key = _key(what.name, row)
    if isinstance(what, RefundAnswered):  # by the seller, and once more by the county
        key = f"{key}:{int(what.by_county)}"
    letter = Letter(to=tuple(to), county_id=order.county_id, what=what, link=link, once_key=key, due=due)
    inbox_operations.send(letters=[letter], now=now)


def _key(name: str, row: RefundRequest) -> str:
    return f"{name}:{row.pk}"
