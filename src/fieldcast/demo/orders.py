"""The demo county's orders, taken through the same operations as real ones, at times in the past."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fieldcast.accounts.types import AddressBook, SignedIn
from fieldcast.demo.county import County
from fieldcast.demo.harvest import Picked
from fieldcast.demo.talk import BACK
from fieldcast.settlement import operations as settlement_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import Delivery, OfferView, Placed, Wanted

# A family takes one or two packs; a canteen, a company before a feast or a chat group of neighbours takes many.
PACKS_AN_ORDER: Final = (1, 2, 2, 3, 4, 6, 8, 10)
PACKS_OF_A_FAMILY: Final = (1, 1, 1, 2, 2, 3)
MOST_A_BUYER: Final = 10
LEFT_OVER: Final = (0, 0, 1, 2)  # packs of an offer that nobody took
REFUND_ONE_IN: Final = 20
LATE_ONE_IN: Final = 30
ORDERS_TODAY: Final = 38
NOT_YET_PAID: Final = 2


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


@dataclass
class Goods:
    """What is offered of a lot, and how many packs of it nobody has taken yet."""

    offer: OfferView
    picked: Picked
    left: int = 0

    def __post_init__(self) -> None:
        self.left = self.offer.packs


@dataclass(frozen=True)
class Sold:
    """An order that was placed, by whom, of what and when."""

    placed: Placed
    buyer: Buyer
    goods: Goods
    at: datetime


def sell_past(
    county: County,
    which: int,
    goods: Sequence[Goods],
    buyers: Sequence[Buyer],
    *,
    begins: datetime,
    now: datetime,
) -> None:
    """Orders of a past session, each as far along as its age allows."""
    rng = county.rng
    wishes = [(one, packs) for one in goods for packs in _wishes(rng, one.picked.packs)]
    rng.shuffle(wishes)
    chosen = rng.sample(list(buyers), len(wishes))
    for number, (buyer, (one, packs)) in enumerate(zip(chosen, wishes, strict=True)):
        seconds = 300 + number * 5000 // len(wishes) + rng.randrange(60)
        sold = buy(one, buyer, packs=packs, at=begins + timedelta(seconds=seconds))
        if sold and rng.randrange(LATE_ONE_IN):  # now and then someone never pays
            _fulfil(county, which, sold, now=now)
    trade_operations.expire_due(now=begins + timedelta(hours=3))
    # told once, of everything: steps of its parcels lie days ahead of the next session, at which the last are paid out
    trade_operations.tell_lots(now=min(now, begins + timedelta(days=9)))


def pay_out(*, now: datetime) -> None:
    """What the sweeps of a running platform do: what is over by now is closed, and settled."""
    trade_operations.close_due(now=now)
    settlement_operations.settle_due(now=now)


def sell_today(
    county: County, goods: Sequence[Goods], buyers: Sequence[Buyer], *, begins: datetime, now: datetime
) -> None:
    """Orders of the session that is live: paid and waiting to be packed, except the newest, which wait for payment."""
    rng = county.rng
    chosen = rng.sample(list(buyers), ORDERS_TODAY)
    minutes = (now - begins) / timedelta(minutes=1)
    for number, buyer in enumerate(chosen):
        at = begins + timedelta(minutes=2 + (minutes - 4) * number / ORDERS_TODAY)
        one = goods[min(rng.randrange(len(goods)), rng.randrange(len(goods)))]  # the first sells best
        sold = buy(one, buyer, packs=rng.choice(PACKS_OF_A_FAMILY), at=at)
        if sold and number < ORDERS_TODAY - NOT_YET_PAID:
            trade_operations.take_payment(order_id=sold.placed.order_id, now=at + timedelta(seconds=25))
    trade_operations.expire_due(now=now)


def buy(goods: Goods, buyer: Buyer, *, packs: int, at: datetime) -> Sold | None:
    """Place an order; None for whoever comes too late."""
    offer = goods.offer
    if packs > goods.left:
        return None
    goods.left -= packs
    placed = trade_operations.place_order(
        by=buyer.person,
        lines=[Wanted(offer_id=offer.id, packs=packs, seen_price_fen=offer.price_fen)],
        delivery=buyer.delivery,
        idempotency_key=f"demo-{offer.session_id}-{buyer.person.pk}-{at:%y%m%d%H%M%S}",
        now=at,
    )
    return Sold(placed=placed, buyer=buyer, goods=goods, at=at)


def send(county: County, which: int, sold: Sold, *, at: datetime) -> None:
    """Hand the packed parcel over to the carrier."""
    trade_operations.ship(
        by=county.packers[which],
        order_id=sold.placed.order_id,
        carrier_id=county.carriers[which % 2].id,
        tracking_number=f"{'HWLL' if which % 2 == 0 else 'STKY'}{county.rng.randrange(10**9, 10**10)}",
        now=at,
    )


def give_back(county: County, which: int, sold: Sold, *, at: datetime) -> None:
    """A fifth of the price goes back, because a part of the goods arrived spoilt."""
    refund = trade_operations.refund_after_sale(
        by=county.chiefs[which],
        order_id=sold.placed.order_id,
        amount_fen=sold.placed.total_fen // 5,
        reason=BACK[sold.goods.picked.field.good.category],
        now=at,
    )
    trade_operations.confirm_known(refund_id=refund.id, now=at + timedelta(seconds=40))


def _wishes(rng: random.Random, packs: int) -> Iterator[int]:
    """How many packs each buyer of an offer wants, until next to nothing of it is left."""
    left = packs - min(rng.choice(LEFT_OVER), packs // 4)
    most = max(3, packs // 3)  # that nobody who never pays keeps a lot from being sold
    while left > 0:
        wanted = min(rng.choice(PACKS_AN_ORDER), most, left)
        left -= wanted
        yield wanted


def _fulfil(county: County, which: int, sold: Sold, *, now: datetime) -> None:
    """Pay, pack, ship, receive, and now and then refund, stopping where the present begins."""
    rng = county.rng
    order_id = sold.placed.order_id
    paid = sold.at + timedelta(seconds=rng.randrange(8, 200))
    packed = paid + timedelta(hours=rng.randrange(10, 30))
    shipped = packed + timedelta(hours=rng.randrange(1, 6))
    received = shipped + timedelta(hours=rng.randrange(40, 90))
    trade_operations.take_payment(order_id=order_id, now=paid)
    if packed > now:
        return
    trade_operations.pack(by=county.packers[which], order_id=order_id, now=packed)
    if shipped > now:
        return
    send(county, which, sold, at=shipped)
    if received > now:
        return
    trade_operations.receive(by=sold.buyer.person, order_id=order_id, now=received)
    if not rng.randrange(REFUND_ONE_IN):
        give_back(county, which, sold, at=received + timedelta(minutes=1))
