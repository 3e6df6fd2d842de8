"""What the trade endpoints take and give."""

from ninja import Schema

from fieldcast.api.fields import Count, Fen, Flag, Id, Line, Note, Position, PositiveFen, Text, Words
from fieldcast.trade.types import OfferView


class OfferIn(Schema):
    """Packs of a lot to sell in a session. `pack_units` in the lot's unit.

    `covers_shortfall`: the cooperative covers what the price does not carry; only its owners and managers say so.
    """

    lot_id: Id
    title: Line
    title_en: Words = ""
    pack_units: Count
    price_fen: PositiveFen
    units: Count
    per_buyer_limit: Count
    position: Position = 0
    covers_shortfall: Flag = False


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
        return OfferOut(**{name: getattr(offer, name) for name in OfferOut.model_fields})


class PriceIn(Schema):
    """A new price a pack; `covers_shortfall` as for a new offer."""

    price_fen: PositiveFen
    covers_shortfall: bool = False


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
    units: Count
    seen_price_fen: Fen
    delivery: DeliveryIn


class PaymentOut(Schema):
    """Where the buyer pays."""

    checkout_url: str


class ShipIn(Schema):
    """The parcel."""

    carrier_id: Id
    tracking_number: Line


class ReasonIn(Schema):
    """Why."""

    reason: Text = ""


class RefundIn(Schema):
    """Part or all of what was paid, back to the buyer after the sale."""

    amount_fen: PositiveFen
    reason: Line
