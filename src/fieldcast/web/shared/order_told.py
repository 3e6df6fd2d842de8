"""What happened to an order, step by step, in words: for those who sell or supervise it, and for its buyer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.kit.errors import Sentence
from fieldcast.trade import queries as trade
from fieldcast.trade.types import CarryingStepView, OrderState, OrderStepView, OrderView
from fieldcast.web.shared.carried import TONES, said_of, title_of
from fieldcast.web.shared.words import full_time, local_name

TITLES: Final[Mapping[OrderState, Sentence]] = {
    OrderState.RESERVED: _("Ordered"),
    OrderState.PAID: _("Paid"),
    OrderState.PACKED: _("Packed"),
    OrderState.SHIPPED: _("Handed to the carrier"),
    OrderState.RECEIVED: _("Received"),
    OrderState.CLOSED: _("The time for refunds was over"),
    OrderState.CANCELLED: _("Cancelled"),
    OrderState.EXPIRED: _("It was not paid in time"),
    OrderState.REFUNDED: _("Given back before it was sent"),
}
# Who brings an order there when it is nobody in particular.
BY_ITSELF: Final[Mapping[OrderState, Sentence]] = {
    OrderState.PAID: _("the payment provider"),
    **dict.fromkeys((OrderState.RECEIVED, OrderState.CLOSED, OrderState.EXPIRED), _("the platform")),
}
ENDED: Final = (OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REFUNDED)


@dataclass(frozen=True)
class ToldStep:
    """A step for the timeline."""

    title: str
    when: datetime | str
    text: str
    tone: str


def for_staff(order: OrderView) -> list[ToldStep]:
    """Who did what and when, to the second, the newest first."""
    steps, carried = trade.order_steps(order_id=order.id), _carried(order)
    people = {one.by_id for one in steps} | {one.by_id for one in carried}
    names = accounts.display_names(person_ids={one for one in people if one is not None})
    told = [(one.at, _told(one, full_time(one.at), (_who(one, order, names), one.why))) for one in steps]
    told += [
        (
            one.at,
            _way(one, full_time(one.at), (names.get(one.by_id or 0, ""), *said_of(one, neighbours=False))),
        )
        for one in carried
    ]
    return _latest_first(told)


def for_buyer(order: OrderView) -> list[ToldStep]:
    """What happened, the newest first, by which organisation and never by which of its people."""
    steps = trade.order_steps(order_id=order.id)
    told = [(one.at, _told(one, one.at, (_by_whom(one, order), one.why))) for one in steps]
    told += [(one.at, _way(one, one.at, said_of(one))) for one in _carried(order)]
    return _latest_first(told)


def _carried(order: OrderView) -> tuple[CarryingStepView, ...]:
    """Steps of the parcel with its carrier: none before it is packed."""
    return trade.carrying_steps(order_id=order.id) if order.packed_at else ()


def _latest_first(told: list[tuple[datetime, ToldStep]]) -> list[ToldStep]:
    """Of two at one moment the later written stands first, as in the orders' own steps."""
    told.reverse()
    return [step for _at, step in sorted(told, key=itemgetter(0), reverse=True)]


def _way(step: CarryingStepView, when: datetime | str, said: Iterable[str]) -> ToldStep:
    return ToldStep(
        title_of(step), when, " · ".join(one for one in said if one), TONES.get(step.step, "paddy")
    )


def _told(step: OrderStepView, when: datetime | str, said: Iterable[str]) -> ToldStep:
    tone = "wait" if step.state in ENDED else "paddy"
    return ToldStep(str(TITLES[step.state]), when, " · ".join(one for one in said if one), tone)


def _who(step: OrderStepView, order: OrderView, names: Mapping[int, str]) -> str:
    if step.by_id is None:
        return str(BY_ITSELF.get(step.state, _("not known")))
    if step.by_id == order.buyer_id:
        return gettext("%(name)s, the buyer") % {"name": order.buyer_name}
    return names[step.by_id]


def _by_whom(step: OrderStepView, order: OrderView) -> str:
    if step.state == OrderState.PACKED:
        return local_name(order, "seller_name")
    if step.state == OrderState.SHIPPED:
        return local_name(order, "carrier_name")
    if step.state == OrderState.RECEIVED and step.by_id is None:
        return gettext("It counts as received: nobody said otherwise in time.")
    return ""
