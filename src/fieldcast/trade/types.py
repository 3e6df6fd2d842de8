"""What trade tells the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fieldcast.kit.masks import masked_phone


class OfferState(StrEnum):
    """A closed offer sells no more; its unsold units are free again."""

    OPEN = "open"
    CLOSED = "closed"


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


class ReservationState(StrEnum):
    """Held units are promised; sold ones paid for; released ones went back."""

    HELD = "held"
    SOLD = "sold"
    RELEASED = "released"


class RefundKind(StrEnum):
    """Why money goes back."""

    BEFORE_SHIPMENT = "before_shipment"
    AFTER_SALE = "after_sale"
    LATE_PAYMENT = "late_payment"


class RefundState(StrEnum):
    """A refund is asked for, sent to the provider and confirmed by its notice."""

    REQUESTED = "requested"
    SENT = "sent"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class NoticeOutcome(StrEnum):
    """What became of a notice from a payment provider.

    APPLIED: believed, in time and acted on. DUPLICATE: the same notice again. STALE: true, but overtaken by a later
    one. RETURNED: the money came for an order that had ended, and goes back. MISMATCHED: really the provider's, but it
    does not fit our books (another amount, a payment we do not know) or cannot be read: not acted on, for a person to
    look at. REJECTED: forged.
    """

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    STALE = "stale"
    RETURNED = "returned"
    MISMATCHED = "mismatched"
    REJECTED = "rejected"

    @property
    def believed(self) -> bool:
        """Was the notice the provider's own?"""
        return self is not NoticeOutcome.REJECTED


class Step(StrEnum):
    """What a parcel goes through; the names are those of the lot's history."""

    PACKED = "packed"
    SHIPPED = "shipped"
    RECEIVED = "received"


@dataclass(frozen=True)
class StockView:
    """A lot's units now: harvested = on_hand + reserved + sold + written_off; `allocated` of on_hand is in offers."""

    lot_id: int
    harvested: int
    on_hand: int
    allocated: int
    reserved: int
    sold: int
    written_off: int

    @property
    def free(self) -> int:
        """Units that an offer may still take."""
        return self.on_hand - self.allocated


@dataclass(frozen=True)
class OfferView:
    """What a session sells: `pack_units` lot units at `price_fen` a pack. `stopped`: its lot may not be sold."""

    id: int
    session_id: int
    county_id: int
    lot_id: int
    lot_code: str
    title: str
    title_en: str
    picture: str
    unit: str
    pack_units: int
    price_fen: int
    units: int
    held: int
    sold: int
    per_buyer_limit: int
    position: int
    state: OfferState
    agreement_version_id: int
    grade: str
    village: str
    village_en: str
    stopped: bool

    @property
    def left(self) -> int:
        """Packs that can be bought now."""
        on_sale = self.state == OfferState.OPEN and not self.stopped
        return self.units - self.held - self.sold if on_sale else 0


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
    def one_line(self) -> str:
        """The address on one line."""
        return f"{self.province}{self.city}{self.district}{self.line}"

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
    """A line of an order: `units` packs. The agreement version is the one it was sold under."""

    id: int
    offer_id: int
    lot_id: int
    lot_code: str
    title: str
    title_en: str
    picture: str
    units: int
    pack_units: int
    unit: str
    price_fen: int
    total_fen: int
    refunded_fen: int
    agreement_version_id: int


@dataclass(frozen=True)
class OrderView:
    """An order as its buyer, its seller and the carrier see it; `delivery` is None for those who need not know."""

    id: int
    number: str
    county_id: int
    session_id: int
    session_title: str
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


@dataclass(frozen=True)
class Placed:
    """The answer to placing an order. `repeated` when the idempotency key had already placed it."""

    number: str
    order_id: int
    total_fen: int
    expires_at: datetime
    repeated: bool


@dataclass(frozen=True)
class RefundView:
    """Money on its way back."""

    id: int
    order_number: str
    amount_fen: int
    kind: RefundKind
    state: RefundState
    reason: str
    requested_at: datetime
    done_at: datetime | None


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
    packs: int
    pack_units: int
    price_fen: int
    refunded_fen: int
    agreement_version_id: int
    seller_id: int
    farmer_id: int
    carrier_id: int
    finished_at: datetime


@dataclass(frozen=True)
class StockImbalance:
    """What the stock invariant finds wrong; all zero and empty when nothing is."""

    units: int
    lots: tuple[int, ...]
    oversold: int
    offers: tuple[int, ...]
    details: tuple[Mapping[str, Any], ...]


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
class PackingItem:
    """Packs of one offer that wait to be packed. `since` is the oldest payment among them."""

    offer_id: int
    lot_id: int
    lot_code: str
    title: str
    title_en: str
    picture: str
    unit: str
    pack_units: int
    orders: int
    packs: int
    since: datetime


@dataclass(frozen=True)
class NoticeView:
    """A notice from a payment provider and what became of it; `reason` is a code."""

    id: int
    provider: str
    notice_id: str
    event: str
    reference: str
    outcome: NoticeOutcome
    reason: str
    received_at: datetime


@dataclass(frozen=True)
class Overdue:
    """What trade should have done by itself and has not, as ids, at most a hundred of each.

    `holds`: orders held beyond their time; `refunds`: not sent to their provider, or not known to have arrived;
    `closings`: orders that should be finished.
    """

    holds: tuple[int, ...]
    refunds: tuple[int, ...]
    closings: tuple[int, ...]


@dataclass(frozen=True)
class MoneyImbalance:
    """Payments and refunds beside the ledger's transfers of the same kind. All zero when they agree.

    `payments_fen` and `refunds_fen` are differences: ours less the ledger's. `orders` are sold without a payment, or
    paid and neither sold nor given back.
    """

    payments_fen: int
    refunds_fen: int
    orders: tuple[int, ...]

    @property
    def fen(self) -> int:
        """One number for a report."""
        return abs(self.payments_fen) + abs(self.refunds_fen)

    @property
    def ok(self) -> bool:
        """True when nothing is wrong."""
        return self.fen == 0 and not self.orders


@dataclass(frozen=True)
class WriteOffView:
    """Units lost before sale."""

    lot_id: int
    units: int
    reason: str
    at: datetime


@dataclass(frozen=True)
class SessionPayments:
    """How a session's payments went.

    `units` packs were offered, `held` reservations wait for payment. `notified_twice` notices had been heard before,
    `stale` ones came too late to matter, `returned` payments came for orders that had ended. `refunds_open` are not
    confirmed by the provider yet.
    """

    units: int
    held: int
    paid: int
    notified_twice: int
    stale: int
    returned: int
    refunds: int
    refunds_open: int
