"""Orders as the packing table lists them: what is asked for, read page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from fieldcast.kit.pages import Page
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OrderState, OrderView
from fieldcast.web.shared import asking

ALL: Final = "all"
# the states of the filter above the table, in the order a parcel goes through them
SHOWN = (
    OrderState.PAID,
    OrderState.PACKED,
    OrderState.SHIPPED,
    OrderState.RECEIVED,
    OrderState.CLOSED,
    OrderState.REFUNDED,
)
WAITING = (OrderState.PAID, OrderState.PACKED)
MOST_AT_ONCE = 100
LARGEST_PAGE = 200


@dataclass(frozen=True)
class Wanted:
    """Which orders of a cooperative: `state` None is all of them."""

    seller_id: int
    state: OrderState | None
    session_id: int | None
    search: str

    @property
    def plain(self) -> bool:
        """Everything that waits to be packed and nothing else: what the page opens with."""
        return self.state == OrderState.PAID and self.session_id is None and not self.search

    def page(self, number: int, per_page: int) -> Page[OrderView]:
        """One page of them: what waits to be packed with the longest waiting first, anything else the latest first."""
        if self.plain:
            return trade.orders_to_pack(seller_id=self.seller_id, page=number, per_page=per_page)
        return trade.orders_of_seller(
            seller_id=self.seller_id,
            state=self.state,
            session_id=self.session_id,
            search=self.search,
            page=number,
            per_page=per_page,
        )

    def all(self) -> Iterator[OrderView]:
        """Every one of them, for a file."""
        number, more = 1, True
        while more:
            page = self.page(number, LARGEST_PAGE)
            yield from page.items
            number, more = number + 1, page.has_next


def wanted(request: HttpRequest, seller_id: int) -> Wanted:
    """What the address asks for. Without a state: what waits to be packed, or, when something is searched, all."""
    search = asking.words(request)
    asked = request.GET.get("state", "")
    state = asking.one_of(request, "state", OrderState)
    if state is None and asked != ALL and not search:
        state = OrderState.PAID
    session_id = asking.whole(request.GET.get("session"))
    return Wanted(seller_id=seller_id, state=state, session_id=session_id, search=search)
