"""What trade tells of orders and of what was sold."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from fieldcast.kit.masks import masked_phone
from fieldcast.kit.provinces import region


class OrderState(StrEnum):
    """reserved → paid → packed → shipped → received → closed; or cancelled, expired (both before payment), refunded."""

    RESERVED = "reserved"
    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUNDED = "refunded"


UNSENT: Final = (OrderState.PAID, OrderState.PACKED)


@dataclass(frozen=True)
class Delivery:
    """Where a parcel goes. Encrypted at rest."""

    recipient: str
    phone: str
    province: str
    city: str
    district: str
    line: str

    @property
    def region(self) -> str:
        """Province, city and district."""
        return region(self.province, self.city, self.district)

    @property
    def one_line(self) -> str:
        """The address on one line."""
        return self.region + self.line

    @property
    def masked(self) -> "Delivery":
        """As those see it who need to tell parcels apart but not where they go: 王**, 138****8000, the city."""
        return Delivery(
            recipient=self.recipient[:1] + "**",
            phone=masked_phone(self.phone),
            province=self.province,
            city=self.city,
            district="",
            line="****",
        )


@dataclass(frozen=True)
class LineView:
    """A line of an order: `packs`. The agreement version is the one it was sold under."""

    id: int
    offer_id: int
    lot_id: int
    lot_code: str
    title: str
    title_en: str
    picture: str
    packs: int
    pack_units: int
    unit: str
    price_fen: int
    total_fen: int
    refunded_fen: int
    agreement_version_id: int
    lot_stopped: bool


@dataclass(frozen=True)
class OrderView:
    """An order as its buyer, its seller and the carrier see it; `delivery` is None for those who need not know."""

    id: int
    number: str
    county_id: int
    session_id: int
    session_title: str
    session_title_en: str
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    seller_name_en: str
    state: OrderState
    lines: tuple[LineView, ...]
    total_fen: int
    refunded_fen: int
    province: str
    delivery: Delivery | None
    placed_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    packed_at: datetime | None
    shipped_at: datetime | None
    received_at: datetime | None
    closed_at: datetime | None
    ended_at: datetime | None
    carrier_id: int | None
    carrier_name: str
    carrier_name_en: str
    tracking_number: str
    after_sale_until: datetime | None

    @property
    def held_back(self) -> bool:
        """Is it paid for and not sent, and may not be sent because the sale of one of its lots is stopped?"""
        return self.state in UNSENT and any(line.lot_stopped for line in self.lines)

    @property
    def left_fen(self) -> int:
        """What the buyer has paid for it in the end."""
        return self.total_fen - self.refunded_fen


@dataclass(frozen=True)
class OrderStepView:
    """A state that an order came to. `by_id` None is the platform itself, or somebody of before this was kept."""

    order_id: int
    state: OrderState
    by_id: int | None
    at: datetime
    why: str


@dataclass(frozen=True)
class Wanted:
    """A line of an order to be: `packs` of an offer at the price the buyer saw."""

    offer_id: int
    packs: int
    seen_price_fen: int


@dataclass(frozen=True)
class Placed:
    """The answer to placing an order. `repeated` when the idempotency key had already placed it."""

    number: str
    order_id: int
    total_fen: int
    expires_at: datetime
    repeated: bool


@dataclass(frozen=True)
class Loss:
    """What of a line's refund one role of the sale bears alone, and the refund that it was decided for."""

    role: str
    amount_fen: int
    decision: str


@dataclass(frozen=True)
class FinishedLine:
    """A line that settlement may settle: paid, received, its after-sale window over."""

    order_line_id: int
    order_id: int
    order_number: str
    session_id: int
    county_id: int
    lot_id: int
    product_code: str
    grade: str
    packs: int
    pack_units: int
    price_fen: int
    refunded_fen: int
    agreement_version_id: int
    seller_id: int
    farmer_id: int
    carrier_id: int
    finished_at: datetime
    borne: tuple[Loss, ...] = ()


@dataclass(frozen=True, order=True)
class ToSettle:
    """A seller's lines that were finished in one month (named by its first day) and are not settled."""

    county_id: int
    seller_id: int
    month: date


@dataclass(frozen=True)
class UnsettledLine:
    """A line that is paid for and not settled: what settlement needs of it, and how far its order has come.

    `carrier_id` None: not sent yet.
    """

    order_line_id: int
    order_number: str
    session_id: int
    lot_id: int
    product_code: str
    grade: str
    packs: int
    pack_units: int
    price_fen: int
    refunded_fen: int
    agreement_version_id: int
    seller_id: int
    farmer_id: int
    carrier_id: int | None
    state: OrderState
    paid_at: datetime
    after_sale_until: datetime | None
    borne: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Stage:
    """Orders that came this far: how many, their packs and their fen (before refunds)."""

    orders: int
    packs: int
    amount_fen: int


NOTHING = Stage(orders=0, packs=0, amount_fen=0)


@dataclass(frozen=True)
class OfferSales:
    """What one offer sold. Fen before refunds."""

    offer_id: int
    title: str
    title_en: str
    packs: int
    amount_fen: int
    refunded_fen: int


@dataclass(frozen=True)
class SessionSales:
    """A session's orders, read from their rows.

    `placed` is every order; `paid` those paid for and not given back before shipment; `shipped` those on their way or
    further; `refunded_fen` what was asked back after sale. `buyers` are different people among `paid`.
    """

    session_id: int
    placed: Stage
    paid: Stage
    shipped: Stage
    refunded_before_shipment: Stage
    expired: int
    cancelled: int
    refunded_fen: int
    buyers: int
    offers: tuple[OfferSales, ...]


@dataclass(frozen=True)
class RecordedSales:
    """Packs and fen (before refunds) of a session's orders: all placed, those paid for, those sent."""

    placed_packs: int = 0
    placed_fen: int = 0
    paid_packs: int = 0
    paid_fen: int = 0
    shipped_packs: int = 0
    shipped_fen: int = 0


@dataclass(frozen=True)
class DaySales:
    """What a county sold in one of its days. `hours` are the fen paid in each of its 24 hours.

    `paid` is by the time of payment and leaves out what was given back before shipment.
    """

    day: date
    placed: int
    paid: Stage
    buyers: int
    refunded_fen: int
    hours: tuple[int, ...]


@dataclass(frozen=True)
class Stuck:
    """What trade should have done by itself and has not, as ids, at most a hundred of each.

    `holds`: orders held beyond their time; `refunds`: not sent to their provider, or not known to have arrived;
    `closings`: orders that should be finished.
    """

    holds: tuple[int, ...]
    refunds: tuple[int, ...]
    closings: tuple[int, ...]


SOLD = tuple(
    state.value
    for state in (
        OrderState.PAID,
        OrderState.PACKED,
        OrderState.SHIPPED,
        OrderState.RECEIVED,
        OrderState.CLOSED,
    )
)
SHIPPED = tuple(state.value for state in (OrderState.SHIPPED, OrderState.RECEIVED, OrderState.CLOSED))
