"""What trade tells people: buyers of a lot whose sale was stopped, each about the order that is theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext as _

from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.trade.models import Order
from fieldcast.trade.orders.types import SHIPPED, UNSENT


@dataclass(frozen=True)
class AboutOrder(Kind):
    """Something that one order's buyer should know."""

    order: str


@register
@dataclass(frozen=True)
class HeldBack(AboutOrder):
    """It was not sent, and is not sent while its lot is stopped."""

    name: ClassVar[str] = "order_held_back"

    @property
    def sentence(self) -> str:
        """Which order, and what its buyer can do."""
        return _(
            "Order %(order)s is held back: the sale of its goods was stopped. You can wait, or take your money back."
        ) % {"order": self.order}


@register
@dataclass(frozen=True)
class BoxFailedTest(AboutOrder):
    """It was sent before the test that its lot did not pass."""

    name: ClassVar[str] = "box_failed_test"

    @property
    def sentence(self) -> str:
        """Which order, and what not to do."""
        return _(
            "The goods in order %(order)s did not pass a test made after they were sent. Please do not eat them."
        ) % {"order": self.order}


@register
@dataclass(frozen=True)
class GivenBack(AboutOrder):
    """It was held back, and its money goes back."""

    name: ClassVar[str] = "held_order_given_back"

    @property
    def sentence(self) -> str:
        """Which order."""
        return _("Order %(order)s is not sent any more: your whole money is on its way back.") % {
            "order": self.order
        }


@register
@dataclass(frozen=True)
class SentAllTheSame(AboutOrder):
    """Its lot is stopped, and its seller sends it with a reason."""

    name: ClassVar[str] = "sent_all_the_same"

    @property
    def sentence(self) -> str:
        """Which order, and where the reason stands."""
        return _(
            "Order %(order)s was held back and is sent all the same. Why stands among the steps of the order."
        ) % {"order": self.order}


@register
@dataclass(frozen=True)
class GoesOn(AboutOrder):
    """It was held back, and its lot may be sold again."""

    name: ClassVar[str] = "held_order_goes_on"

    @property
    def sentence(self) -> str:
        """Which order."""
        return _("Order %(order)s is no longer held back: its goods may be sold again, and it is sent.") % {
            "order": self.order
        }


def test_failed(lot_id: int, *, now: datetime) -> None:
    """Tell the buyers of a lot that its test was not passed: those whose box waits, and those whose box was sent."""
    waiting = [state.value for state in UNSENT]
    orders = Order.objects.filter(lines__lot_id=lot_id, state__in=[*waiting, *SHIPPED])
    told = orders.distinct().defer("delivery")
    _send(((order, HeldBack if order.state in waiting else BoxFailedTest) for order in told), now=now)


def sale_changed(lot_id: int, *, stopped: bool, now: datetime) -> None:
    """Tell those whose box of a lot waits that it is held back, or goes on."""
    orders = Order.objects.filter(lines__lot_id=lot_id, state__in=[state.value for state in UNSENT])
    what = HeldBack if stopped else GoesOn
    _send(((order, what) for order in orders.distinct().defer("delivery")), now=now)


def given_back(orders: Iterable[Order], *, now: datetime) -> None:
    """Tell buyers that their money goes back."""
    _send(((order, GivenBack) for order in orders), now=now)


def sent_all_the_same(order: Order, *, now: datetime) -> None:
    """Tell a buyer that the box comes after all."""
    _send([(order, SentAllTheSame)], now=now)


def _send(pairs: Iterable[tuple[Order, type[AboutOrder]]], *, now: datetime) -> None:
    """A failed test stops the sale in the same moment: what is told of both goes once."""
    letters = [
        Letter(
            to=(order.buyer_id,),
            county_id=order.county_id,
            what=what(order=order.number),
            link=f"/me/orders/{order.number}/",
            once_key=f"{what.name}:{order.pk}:{now.isoformat()}",
        )
        for order, what in pairs
    ]
    inbox_operations.send(letters=letters, now=now)
