"""Orders of all the county's cooperatives as one list. Trade lists the orders of one seller at a time; here they are
merged, the latest first. How far back one can turn is bounded; a cooperative or a number leads further.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from fieldcast.accounts.types import OrganisationRef
from fieldcast.kit.pages import Page
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OrderState, OrderView

A_PAGE = 25
MOST_PAGES = 20


@dataclass(frozen=True)
class Wanted:
    """Which orders: of one cooperative or of all, in a state or any, whose number or title has the words."""

    sellers: tuple[OrganisationRef, ...]
    state: OrderState | None
    words: str


def orders_page(*, which: Wanted, number: int) -> Page[OrderView]:
    """One page of the orders wanted, with how many there are in all."""
    if len(which.sellers) == 1:
        return _of(which, which.sellers[0], page=number)
    first = [(seller, _of(which, seller, page=1)) for seller in which.sellers]
    total = min(sum(page.total for _seller, page in first), MOST_PAGES * A_PAGE)
    number = min(max(1, number), max(1, -(-total // A_PAGE)))
    streams = [_stream(which, seller, page) for seller, page in first]
    merged = merge(*streams, key=lambda order: (order.placed_at, order.id), reverse=True)
    items = tuple(islice(merged, (number - 1) * A_PAGE, number * A_PAGE))
    return Page(items=items, total=total, number=number, per_page=A_PAGE)


def _stream(which: Wanted, seller: OrganisationRef, page: Page[OrderView]) -> Iterator[OrderView]:
    """A seller's orders from `page` on; later pages are read when the merge comes to them."""
    yield from page.items
    while page.has_next:
        page = _of(which, seller, page=page.number + 1)
        yield from page.items


def _of(which: Wanted, seller: OrganisationRef, *, page: int) -> Page[OrderView]:
    return trade.orders_of_seller(
        seller_id=seller.id, state=which.state, search=which.words, page=page, per_page=A_PAGE
    )
