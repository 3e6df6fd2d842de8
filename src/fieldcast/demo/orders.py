"""The demo county's orders, taken through the same operations as real ones, at times in the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fieldcast.accounts.types import AddressBook, SignedIn
from fieldcast.demo.county import County
from fieldcast.settlement import operations as settlement_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.problems import SoldOut
from fieldcast.trade.types import Delivery, OfferView, Placed, Wanted

ORDERS_A_SESSION = (22, 36)
REFUND_ONE_IN = 20
LATE_ONE_IN = 30


@dataclass(frozen=True)
class Buyer:
    """A consumer and where their parcels go."""

    person: SignedIn
    address: AddressBook

    @property
    def delivery(self) -> Delivery:
        """The address as an order takes it."""
        return Delivery(
            recipient=self.address.recipient,
            phone=self.address.phone,
            province=self.address.province,
            city=self.address.city,
            district=self.address.district,
            line=self.address.line,
        )


@dataclass(frozen=True)
class Sold:
    """An order that was placed, by whom and when."""

    placed: Placed
    buyer: Buyer
    at: datetime


def sell_past(
    county: County,
    which: int,
    offers: Sequence[OfferView],
    buyers: Sequence[Buyer],
    *,
    begins: datetime,
    now: datetime,
) -> None:
    """Orders of a past session, each as far along as its age allows; what is over is settled."""
    count = county.rng.randrange(*ORDERS_A_SESSION)
    chosen = county.rng.sample(list(buyers), count)
    for number, buyer in enumerate(chosen):
        at = begins + timedelta(minutes=5, seconds=number * 120 + county.rng.randrange(100))
        sold = _buy(county, offers, buyer, at)
        if sold and county.rng.randrange(LATE_ONE_IN):  # now and then someone never pays
            _fulfil(county, which, sold, now=now)
    trade_operations.expire_due(now=begins + timedelta(hours=3))
    received_by = min(now, begins + timedelta(days=9))
    trade_operations.close_due(now=received_by)
    trade_operations.tell_lots(now=received_by)
    settlement_operations.settle_due(now=received_by)


def sell_today(
    county: County, offers: Sequence[OfferView], buyers: Sequence[Buyer], *, begins: datetime, now: datetime
) -> None:
    """Orders of the session that is live: paid and waiting to be packed, except the newest, which wait for payment."""
    count = 38
    chosen = county.rng.sample(list(buyers), count)
    minutes = (now - begins) / timedelta(minutes=1)
    for number, buyer in enumerate(chosen):
        at = begins + timedelta(minutes=2 + (minutes - 4) * number / count)
        sold = _buy(county, offers, buyer, at)
        if sold and number < count - 3:
            trade_operations.take_payment(order_id=sold.placed.order_id, now=at + timedelta(seconds=25))
    trade_operations.expire_due(now=now)


def _buy(county: County, offers: Sequence[OfferView], buyer: Buyer, at: datetime) -> Sold | None:
    """The first offer sells best; None for whoever comes too late."""
    offer = offers[min(county.rng.randrange(len(offers)), county.rng.randrange(len(offers)))]
    try:
        placed = trade_operations.place_order(
            by=buyer.person,
            lines=[
                Wanted(
                    offer_id=offer.id,
                    packs=county.rng.choice((1, 1, 1, 2)),
                    seen_price_fen=offer.price_fen,
                )
            ],
            delivery=buyer.delivery,
            idempotency_key=f"demo-{offer.session_id}-{buyer.person.pk}",
            now=at,
        )
    except SoldOut:
        return None
    return Sold(placed=placed, buyer=buyer, at=at)


def _fulfil(county: County, which: int, sold: Sold, *, now: datetime) -> None:
    """Pay, pack, ship, receive, and now and then refund, stopping where the present begins."""
    rng = county.rng
    order_id = sold.placed.order_id
    paid = sold.at + timedelta(seconds=rng.randrange(8, 200))
    packed = paid + timedelta(hours=rng.randrange(10, 30))
    shipped = packed + timedelta(hours=rng.randrange(1, 6))
    received = shipped + timedelta(hours=rng.randrange(40, 90))
    packer = county.packers[which]
    trade_operations.take_payment(order_id=order_id, now=paid)
    if packed > now:
        return
    trade_operations.pack(by=packer, order_id=order_id, now=packed)
    if shipped > now:
        return
    trade_operations.ship(
        by=packer,
        order_id=order_id,
        carrier_id=county.carriers[which % 2].id,
        tracking_number=f"{'HWLL' if which % 2 == 0 else 'STKY'}{county.rng.randrange(10**9, 10**10)}",
        now=shipped,
    )
    if received > now:
        return
    trade_operations.receive(by=sold.buyer.person, order_id=order_id, now=received)
    if not rng.randrange(REFUND_ONE_IN):
        amount_fen = sold.placed.total_fen // 5
        refund = trade_operations.refund_after_sale(
            by=county.chiefs[which],
            order_id=order_id,
            amount_fen=amount_fen,
            reason="到货坏果两个",
            now=received + timedelta(minutes=2),
        )
        trade_operations.confirm_known(refund_id=refund.id, now=received + timedelta(minutes=9))
