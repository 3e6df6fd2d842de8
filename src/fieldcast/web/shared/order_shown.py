"""What an order's page says of it: how far it has come, what happens next, what its reader can do now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.utils.translation import pgettext_lazy as in_context

from fieldcast.kit.errors import Sentence
from fieldcast.trade.types import OrderState, OrderView

STAGES: Final[tuple[tuple[OrderState, Sentence], ...]] = (
    (OrderState.RESERVED, in_context("step", "Placed")),
    (OrderState.PAID, in_context("step", "Paid")),
    (OrderState.PACKED, in_context("step", "Packed")),
    (OrderState.SHIPPED, in_context("step", "Sent")),
    (OrderState.RECEIVED, in_context("step", "Received")),
    (OrderState.CLOSED, in_context("step", "Done")),
)
FILTERS: Final = (
    OrderState.RESERVED,
    OrderState.PAID,
    OrderState.PACKED,
    OrderState.SHIPPED,
    OrderState.RECEIVED,
    OrderState.CLOSED,
    OrderState.REFUNDED,
)
OVER: Final = (OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REFUNDED)


class Hint(StrEnum):
    """What the provider's page says as it sends the browser back. It proves nothing: only a notice does."""

    PAID = "paid"
    FAILED = "failed"
    LEFT = "left"
    NONE = ""


@dataclass(frozen=True)
class Step:
    """A stage of an order's way; `state` is done, now or next."""

    title: Sentence
    state: str


@dataclass(frozen=True)
class Shown:
    """An order as its page shows it to one reader at one moment. `mine` when the reader bought it."""

    order: OrderView
    mine: bool
    hint: Hint
    now: datetime

    @property
    def in_time(self) -> bool:
        """Does it wait for payment, with time left?"""
        return self.order.state == OrderState.RESERVED and self.order.expires_at > self.now

    @property
    def waiting(self) -> bool:
        """Has the buyer come back from paying before the provider's notice?"""
        return self.mine and self.in_time and self.hint == Hint.PAID

    @property
    def overdue(self) -> bool:
        """Is the time to pay over, though nobody has ended the order yet?"""
        return self.order.state == OrderState.RESERVED and not self.in_time

    @property
    def pays(self) -> bool:
        """May the reader go to pay? Not while a payment may be on its way to us, nor what may not be sold."""
        return self.mine and self.in_time and not self.waiting and not self.stopped

    @property
    def stopped(self) -> bool:
        """Has the sale of one of its lots been stopped?"""
        return any(line.lot_stopped for line in self.order.lines)

    @property
    def cancels(self) -> bool:
        """May the reader cancel: unpaid, paid and not packed yet, or held back?"""
        unpaid = self.in_time and not self.waiting
        return self.mine and (unpaid or self.order.state == OrderState.PAID or self.order.held_back)

    @property
    def receives(self) -> bool:
        """May the reader say that the parcel has come?"""
        return self.mine and self.order.state == OrderState.SHIPPED

    @property
    def given_back(self) -> bool:
        """Has the whole price been given back, so that nothing is left to ask for?"""
        return 0 < self.order.total_fen <= self.order.refunded_fen

    @property
    def just_paid(self) -> bool:
        """Has the buyer come back and the notice with them?"""
        return self.mine and self.hint == Hint.PAID and self.order.state == OrderState.PAID

    @property
    def failed(self) -> bool:
        """Has the provider's page said that paying did not work?"""
        return self.pays and self.hint == Hint.FAILED

    @property
    def over(self) -> bool:
        """Has it ended on the way?"""
        return self.order.state in OVER or self.overdue

    @property
    def steps(self) -> tuple[Step, ...]:
        """The whole way: what is done, what happens now, what comes."""
        return tuple(
            Step(title=title, state="done" if done else "now" if here else "next")
            for title, done, here in _steps(self.order.state)
        )


def _steps(state: OrderState) -> list[tuple[Sentence, bool, bool]]:
    reached = next((place for place, (stage, _title) in enumerate(STAGES) if stage == state), 0)
    return [(title, place <= reached, place == reached + 1) for place, (_stage, title) in enumerate(STAGES)]
