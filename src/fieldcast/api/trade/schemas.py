"""What the trade endpoints take and give. Programs say and read packs as `units`: JSON keys are a contract."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from fieldcast.api.fields import Count, Fen, Flag, Id, Line, Note, Position, PositiveFen, Text, Words
from fieldcast.trade.types import LineView, OfferView, OrderState, RefundKind, RefundState


class OfferIn(Schema):
    """Packs of a lot to sell in a session. `pack_units` in the lot's unit.

    `covers_shortfall`: the cooperative covers what the price does not carry; only its owners and managers say so.
    `confirms_jump`: someone has looked again at a price more than a third from the last one (`price_jumps`).
    """

    lot_id: Id
    title: Line
    title_en: Words = ""
    pack_units: Count
    price_fen: PositiveFen
    packs: Count = Field(alias="units")
    per_buyer_limit: Count
    position: Position = 0
    covers_shortfall: Flag = False
    confirms_jump: Flag = False


class OfferOut(Schema):
    """An offer; `left` packs can be bought now."""

    id: int
    session_id: int
    lot_id: int
    lot_code: str
    title: str
    title_en: str
    unit: str
    pack_units: int
    price_fen: int
    units: int
    held: int
    sold: int
    left: int
    per_buyer_limit: int
    state: str

    @staticmethod
    def of(offer: OfferView) -> "OfferOut":
        """The offer as plain values."""
        same = {name: getattr(offer, name) for name in OfferOut.model_fields if name != "units"}
        return OfferOut(units=offer.packs, **same)


class PriceIn(Schema):
    """A new price a pack; `covers_shortfall` and `confirms_jump` as for a new offer."""

    price_fen: PositiveFen
    covers_shortfall: bool = False
    confirms_jump: Flag = False


class DeliveryIn(Schema):
    """Where the parcel goes."""

    recipient: Line
    phone: Line
    province: Line
    city: Words = ""
    district: Words = ""
    line: Note


class OrderIn(Schema):
    """An order of `units` packs. `seen_price_fen` is the price the buyer was shown; the server's own is charged."""

    offer_id: Id
    packs: Count = Field(alias="units")
    seen_price_fen: Fen
    delivery: DeliveryIn


class PlacedOut(Schema):
    """The answer to placing an order. `repeated` when the idempotency key had already placed it."""

    number: str
    order_id: int
    total_fen: int
    expires_at: datetime
    repeated: bool


class LineOut(Schema):
    """A line of an order: `units` packs of `pack_units` in the lot's unit."""

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

    @staticmethod
    def resolve_units(line: LineView) -> int:
        """The packs of the line."""
        return line.packs


class DeliveryOut(Schema):
    """Where a parcel goes, whole or masked, as its reader may see it."""

    recipient: str
    phone: str
    province: str
    city: str
    district: str
    line: str


class OrderOut(Schema):
    """An order as its buyer, its seller and the carrier see it; `delivery` is null for those who need not know.

    `held_back`: it is paid for and may not be sent, because a lot in it is stopped.
    """

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
    lines: list[LineOut]
    total_fen: int
    refunded_fen: int
    province: str
    delivery: DeliveryOut | None
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
    held_back: bool


class RefundOut(Schema):
    """Money on its way back."""

    id: int
    order_number: str
    amount_fen: int
    kind: RefundKind
    state: RefundState
    reason: str
    requested_at: datetime
    done_at: datetime | None


class StockOut(Schema):
    """A lot's units now: harvested = on_hand + reserved + sold + written_off; `allocated` of on_hand is in offers.

    `moved` of written_off became lots of a lower grade.
    """

    lot_id: int
    harvested: int
    on_hand: int
    allocated: int
    reserved: int
    sold: int
    written_off: int
    moved: int


class PaymentOut(Schema):
    """Where the buyer pays."""

    checkout_url: str


class ShipIn(Schema):
    """Who carries the parcel, and its tracking number. `why`: why one that is held back goes all the same."""

    carrier_id: Id
    tracking_number: Line
    why: Note = ""


class PackIn(Schema):
    """`why`: why a parcel that is held back goes all the same; its buyer reads it."""

    why: Note = ""


class ReasonIn(Schema):
    """The reason for what is asked, as the other side will read it."""

    reason: Text = ""


class RefundIn(Schema):
    """Part or all of what was paid, back to the buyer after the sale."""

    amount_fen: PositiveFen
    reason: Line
