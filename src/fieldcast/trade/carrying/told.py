"""What people are told of parcels on their way, and what then waits on the seller's desk."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, Role, SignedIn
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind as Asked
from fieldcast.desk.kinds import register as register_asked
from fieldcast.desk.types import Owner
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import register
from fieldcast.inbox.types import Letter
from fieldcast.trade.carrying.types import Carried
from fieldcast.trade.models import Carrying, CarryingStep, Order
from fieldcast.trade.told import AboutOrder

UNDELIVERED: Final = register_asked(
    Asked(
        code="parcel_undelivered",
        asks=gettext_lazy("The parcel of order %(order)s could not be delivered"),
        hint=gettext_lazy("Let the carrier try again and say how, or give the whole price back."),
        way=gettext_lazy("Look and decide"),
        working_days=1,
        in_words=False,
    )
)
# what an operation asks words for
NEIGHBOUR: Final = gettext_lazy("the neighbour's name")
HOW: Final = gettext_lazy("how to deliver it")
REMARK: Final = gettext_lazy("what is to say about it")
TRIED_AGAIN: Final = gettext_noop("The carrier tries again.")
ARRIVED: Final = gettext_noop("It arrived after all.")
GIVEN_BACK: Final = gettext_noop("The whole price went back.")


@register
@dataclass(frozen=True)
class ParcelFetched(AboutOrder):
    """The carrier has the parcel."""

    name: ClassVar[str] = "parcel_fetched"
    tracking: str

    @property
    def sentence(self) -> str:
        """Which order, and the number to ask with."""
        return _(
            "Order %(order)s was fetched by the carrier and is on its way: parcel number %(tracking)s."
        ) % {
            "order": self.order,
            "tracking": self.tracking,
        }


@register
@dataclass(frozen=True)
class ParcelDelivered(AboutOrder):
    """The carrier says that it is there; that its buyer has it is the buyer's to say."""

    name: ClassVar[str] = "parcel_delivered"

    @property
    def sentence(self) -> str:
        """Which order, and what to do."""
        return _(
            "The carrier says that order %(order)s was delivered. Where stands among its steps; say when you have it."
        ) % {"order": self.order}


@register
@dataclass(frozen=True)
class ParcelUndelivered(AboutOrder):
    """It could not be delivered: the buyer hears of it, and its seller."""

    name: ClassVar[str] = "parcel_not_delivered"

    @property
    def sentence(self) -> str:
        """Which order, and where to read why."""
        return _("Order %(order)s could not be delivered. Read why; the cooperative says what next.") % {
            "order": self.order
        }


@register
@dataclass(frozen=True)
class ParcelNotWhole(AboutOrder):
    """Something was wrong when the carrier fetched it."""

    name: ClassVar[str] = "parcel_not_whole"

    @property
    def sentence(self) -> str:
        """Which order, and where to read what."""
        return _(
            "The carrier has a remark about order %(order)s, which it fetched. Read it among the steps."
        ) % {"order": self.order}


@register
@dataclass(frozen=True)
class ParcelAgain(AboutOrder):
    """The carrier is asked to try again."""

    name: ClassVar[str] = "parcel_again"

    @property
    def sentence(self) -> str:
        """Which parcel."""
        return _("The cooperative asks you to deliver parcel %(order)s again. Read how.") % {
            "order": self.order
        }


@register
@dataclass(frozen=True)
class ParcelTriedAgain(AboutOrder):
    """Its buyer hears that the carrier tries again: somebody has to be there."""

    name: ClassVar[str] = "parcel_tried_again"

    @property
    def sentence(self) -> str:
        """Which order, and where to read how."""
        return _("Order %(order)s is brought once more. Read how.") % {"order": self.order}


@register
@dataclass(frozen=True)
class ParcelGoesBack(AboutOrder):
    """The carrier brings it back."""

    name: ClassVar[str] = "parcel_goes_back"

    @property
    def sentence(self) -> str:
        """Which parcel."""
        return _("Parcel %(order)s is not delivered any more: bring it back to the cooperative.") % {
            "order": self.order
        }


def fetched(step: CarryingStep, order: Order, *, tracking: str, now: datetime) -> None:
    """The buyer hears that it is on its way; the seller, where the carrier has a remark."""
    _tell(step, order, ParcelFetched(order=order.number, tracking=tracking), now=now)
    if step.words:
        _send(
            f"{ParcelNotWhole.name}:{step.pk}",
            order,
            ParcelNotWhole(order=order.number),
            to=_people(order.seller_id),
            link=_coop(order),
            now=now,
        )


def delivered(step: CarryingStep, order: Order, *, now: datetime) -> None:
    """The buyer hears of it."""
    _tell(step, order, ParcelDelivered(order=order.number), now=now)


def undelivered(step: CarryingStep, order: Order, *, by: SignedIn, now: datetime) -> None:
    """Its seller has a working day to say what next; then it comes before the county. The buyer hears of it too."""
    authority = accounts.organisations(county_id=order.county_id, kind=OrganisationKind.AUTHORITY)
    item = desk_operations.open_item(
        kind=UNDELIVERED,
        subject=_subject(order, step),
        county_id=order.county_id,
        owner=Owner(order.seller_id, Role.STAFF),
        escalates_to=Owner(authority[0].id, Role.STAFF) if authority else None,
        facts={"order": order.number},
        by=by,
        now=now,
    )
    what = ParcelUndelivered(order=order.number)
    _tell(step, order, what, now=now)
    _send(
        _key(step),
        order,
        what,
        to=_people(order.seller_id),
        link=_coop(order),
        due=item.due_at,
        now=now,
    )


def answered(row: Carrying, order: Order, *, by_id: int | None, words: str, now: datetime) -> None:
    """Nobody is asked any more what is to be done with a parcel that could not be delivered."""
    step = row.steps.filter(step=Carried.UNDELIVERED.value).order_by("-id")[0]
    by = accounts.person(person_id=by_id) if by_id is not None else None
    desk_operations.finish(kind=UNDELIVERED, subject=_subject(order, step), by=by, words=words, now=now)
    inbox_operations.mark_done(once_key=_key(step), to=_people(order.seller_id), now=now)


def again(step: CarryingStep, order: Order, *, now: datetime) -> None:
    """The carrier's people are asked to try again, and the buyer hears of it."""
    _carrier(
        step.carrier_id, f"{ParcelAgain.name}:{step.pk}", order, ParcelAgain(order=order.number), now=now
    )
    _tell(step, order, ParcelTriedAgain(order=order.number), now=now)


def to_bring_back(row: Carrying, order: Order, *, now: datetime) -> None:
    """The carrier's people are told that it goes back."""
    key = f"{ParcelGoesBack.name}:{order.pk}"
    _carrier(row.carrier_id, key, order, ParcelGoesBack(order=order.number), now=now)


def _carrier(carrier_id: int, key: str, order: Order, what: AboutOrder, *, now: datetime) -> None:
    link = f"/carrier/parcels/{order.number}/"
    _send(key, order, what, to=_people(carrier_id), link=link, now=now)


def _tell(step: CarryingStep, order: Order, what: AboutOrder, *, now: datetime) -> None:
    link = f"/me/orders/{order.number}/"
    _send(f"{what.name}:{step.pk}:buyer", order, what, to=(order.buyer_id,), link=link, now=now)


def _send(
    key: str,
    order: Order,
    what: AboutOrder,
    *,
    to: Collection[int],
    link: str,
    now: datetime,
    due: datetime | None = None,
) -> None:
    letter = Letter(to=tuple(to), county_id=order.county_id, what=what, link=link, once_key=key, due=due)
    inbox_operations.send(letters=[letter], now=now)


def _key(step: CarryingStep) -> str:
    return f"{ParcelUndelivered.name}:{step.pk}"


def _subject(order: Order, step: CarryingStep) -> str:
    return f"{order.number}:{step.pk}"


def _people(organisation_id: int) -> tuple[int, ...]:
    return accounts.people_of(organisation_ids={organisation_id}).get(organisation_id, ())


def _coop(order: Order) -> str:
    return f"/coop/orders/{order.number}/"
