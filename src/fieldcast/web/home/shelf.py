"""What the first page puts before a visitor, gathered from the rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from fieldcast.accounts.types import CountyRef
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotView, ProductView
from fieldcast.live import queries as live
from fieldcast.live.types import SessionView
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OfferState, OfferView, OrderState, OrderView
from fieldcast.web.shared import words

LIVE_WITH_GOODS: Final = 6  # a host is live once at a time, so more at once than this is a festival
COMING: Final = 6
SEASON: Final = 12
LOTS: Final = 6
YEAR: Final = 12  # months


@dataclass(frozen=True)
class Stage:
    """A live session with what its host shows now, None when nothing can be bought."""

    session: SessionView
    goods: OfferView | None
    kinds: int


@dataclass(frozen=True)
class Seasonal:
    """A product that is picked this month and of which there is a lot, with the cheapest offer of it on sale now."""

    product: ProductView
    offer: OfferView | None

    @property
    def months(self) -> int:
        """How many months a year it is picked."""
        return (self.product.season_to - self.product.season_from) % YEAR + 1

    @property
    def all_year(self) -> bool:
        """Is there no month without it?"""
        return self.months == YEAR

    @property
    def first_month(self) -> str:
        """Its season's first month in the reader's language: 10月, Oct."""
        return _month(self.product.season_from)

    @property
    def last_month(self) -> str:
        """Its season's last month."""
        return _month(self.product.season_to)


@dataclass(frozen=True)
class Shelf:
    """The first page. `unpaid` is the visitor's order that waits longest for payment, with time left."""

    live: tuple[Stage, ...]
    coming: tuple[SessionView, ...]
    season: tuple[Seasonal, ...]
    lots: tuple[LotView, ...]
    unpaid: OrderView | None


EMPTY: Final = Shelf(live=(), coming=(), season=(), lots=(), unpaid=None)


def shelf(*, county: CountyRef, now: datetime, buyer_id: int | None) -> Shelf:
    """Everything the first page shows of a county."""
    sessions = live.live_now(county_id=county.id)
    offers = trade.offers_of_sessions(session_ids=[one.id for one in sessions[:LIVE_WITH_GOODS]])
    return Shelf(
        live=tuple(_stage(one, offers.get(one.id, ())) for one in sessions),
        coming=trade.coming(county_id=county.id, now=now, limit=COMING),
        season=_season(county, now, [offer for found in offers.values() for offer in found if offer.left]),
        lots=catalog.lots(county_id=county.id, per_page=LOTS).items,
        unpaid=_unpaid(buyer_id, now),
    )


def _stage(session: SessionView, offers: Iterable[OfferView]) -> Stage:
    on_sale = [offer for offer in offers if offer.state == OfferState.OPEN]
    can_be_bought = [offer for offer in on_sale if offer.left]
    explained = [offer for offer in can_be_bought if offer.id == session.explaining_offer_id]
    return Stage(session=session, goods=next(iter(explained or can_be_bought), None), kinds=len(on_sale))


def _season(county: CountyRef, now: datetime, on_sale: list[OfferView]) -> tuple[Seasonal, ...]:
    """The month's products of which there is something: what is on sale first, then what has the shortest season."""
    codes = catalog.product_codes_of_lots(lot_ids={offer.lot_id for offer in on_sale}) if on_sale else {}
    cheapest: dict[str, OfferView] = {}
    for offer in sorted(on_sale, key=lambda one: (one.price_fen / one.pack_units, one.id)):
        cheapest.setdefault(codes[offer.lot_id], offer)
    products = catalog.in_season(county_id=county.id, month=timezone.localtime(now).month)
    there = catalog.codes_of_goods(county_id=county.id)
    found = [
        Seasonal(product=product, offer=cheapest.get(product.code))
        for product in products
        if product.code in there
    ]
    return tuple(sorted(found, key=lambda one: (one.offer is None, one.months))[:SEASON])


def _month(number: int) -> str:
    return f"{number}月" if words.chinese() else f"{date(2000, number, 1):%b}"


def _unpaid(buyer_id: Any, now: datetime) -> OrderView | None:
    if buyer_id is None:
        return None
    page = trade.orders_of_buyer(buyer_id=buyer_id, state=OrderState.RESERVED, per_page=5)
    waiting = [order for order in page.items if order.expires_at > now]
    return min(waiting, key=lambda order: order.expires_at, default=None)
