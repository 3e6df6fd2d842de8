"""Tables of trade. The stock and offer counters carry the invariant as CHECK constraints."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fieldcast.kit.fields import EncryptedJSONField
from fieldcast.trade.changes.models import OfferChange
from fieldcast.trade.forged.models import ForgedNotice, NoticeCount
from fieldcast.trade.outside.models import ImportBatch, OutsideOrder
from fieldcast.trade.types import (
    NoticeOutcome,
    OfferState,
    OrderState,
    RefundKind,
    RefundState,
    ReservationState,
    Step,
)

__all__ = [
    "ForgedNotice",
    "ImportBatch",
    "LotStock",
    "NoticeCount",
    "Offer",
    "OfferChange",
    "Order",
    "OrderLine",
    "OutsideOrder",
    "ParcelStep",
    "Payment",
    "PaymentNotice",
    "Refund",
    "Reservation",
    "Shipment",
    "ShortfallCover",
    "WriteOff",
]


class LotStock(models.Model):
    """A lot's units. Made when the lot is first offered or written off; absent means all on hand."""

    lot = models.OneToOneField(
        "catalog.Lot", on_delete=models.PROTECT, primary_key=True, related_name="stock"
    )
    harvested = models.IntegerField()
    on_hand = models.IntegerField()
    allocated = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    sold = models.IntegerField(default=0)
    written_off = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(harvested=F("on_hand") + F("reserved") + F("sold") + F("written_off")),
                name="stock_nothing_lost",
            ),
            models.CheckConstraint(
                condition=Q(on_hand__gte=0, reserved__gte=0, sold__gte=0, written_off__gte=0),
                name="stock_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(allocated__gte=0, allocated__lte=F("on_hand")), name="stock_allocated_is_on_hand"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.on_hand}"


class WriteOff(models.Model):
    """Units lost before sale: rot, breakage, a failed test. Append-only."""

    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="write_offs")
    units = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(units__gt=0), name="write_off_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: -{self.units}"


class Offer(models.Model):
    """Packs of a lot sold in a session, under the agreement version it names."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(
        "live.Session", on_delete=models.PROTECT, related_name="offers", db_index=False
    )
    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="offers")
    agreement_version = models.ForeignKey(
        "agreements.AgreementVersion", on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=80, blank=True, default="")
    pack_units = models.PositiveIntegerField()
    price_fen = models.PositiveIntegerField()
    units = models.PositiveIntegerField()
    held = models.IntegerField(default=0)
    sold = models.IntegerField(default=0)
    per_buyer_limit = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, default=OfferState.OPEN.value)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(held__gte=0, sold__gte=0), name="offer_not_negative"),
            models.CheckConstraint(condition=Q(units__gte=F("held") + F("sold")), name="offer_not_oversold"),
            models.CheckConstraint(
                condition=Q(pack_units__gt=0, price_fen__gt=0, units__gt=0, per_buyer_limit__gt=0),
                name="offer_positive",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OfferState]), name="offer_state_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["session", "position"])]

    def __str__(self) -> str:
        return self.title


class ShortfallCover(models.Model):
    """Someone of the cooperative promised to cover what an offer's price does not carry, at most so much. Append-only.

    `shortfall_fen` for each of `packs` packs, at the price and under the terms of that moment.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="covers")
    price_fen = models.PositiveIntegerField()
    packs = models.PositiveIntegerField()
    shortfall_fen = models.BigIntegerField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(shortfall_fen__gt=0), name="shortfall_cover_positive")
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.shortfall_fen}"


class Order(models.Model):
    """A buyer's order with one seller (a cooperative) in one session."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=24, unique=True)
    session = models.ForeignKey("live.Session", on_delete=models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="orders", db_index=False
    )
    seller = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, default=OrderState.RESERVED.value)
    idempotency_key = models.CharField(max_length=64)
    request_hash = models.CharField(max_length=64)
    total_fen = models.PositiveIntegerField()
    province = models.CharField(max_length=20)
    delivery = EncryptedJSONField()
    placed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    after_sale_until = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["buyer", "idempotency_key"], name="order_placed_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OrderState]), name="order_state_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["buyer", "-placed_at"]),
            models.Index(fields=["seller", "state"]),
            models.Index(fields=["county", "placed_at"]),
            models.Index(
                fields=["county", "paid_at"], name="order_paid_of_county", condition=Q(paid_at__isnull=False)
            ),
            models.Index(
                fields=["expires_at"],
                name="order_waiting_for_payment",
                condition=Q(state=OrderState.RESERVED.value),
            ),
            models.Index(
                fields=["after_sale_until"],
                name="order_in_after_sale",
                condition=Q(state=OrderState.RECEIVED.value),
            ),
            models.Index(
                fields=["shipped_at"], name="order_on_its_way", condition=Q(state=OrderState.SHIPPED.value)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """Packs of one offer. Price, fees and terms are those of the agreement version it was sold under.

    `settled_at` is written by settlement: until then the cooperative's promise on the line stands.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="lines")
    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="+")
    agreement_version = models.ForeignKey(
        "agreements.AgreementVersion", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    units = models.PositiveIntegerField()
    pack_units = models.PositiveIntegerField()
    price_fen = models.PositiveIntegerField()
    total_fen = models.PositiveIntegerField()
    refunded_fen = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(units__gt=0), name="order_line_units_positive"),
            models.CheckConstraint(
                condition=Q(total_fen=F("units") * F("price_fen")), name="order_line_total"
            ),
            models.CheckConstraint(
                condition=Q(refunded_fen__lte=F("total_fen")), name="order_line_refund_within_total"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["order"], name="order_line_not_settled", condition=Q(settled_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.units}"


class Reservation(models.Model):
    """The units an order line holds: held until paid or expired, then sold or released."""

    line = models.OneToOneField(
        OrderLine, on_delete=models.PROTECT, primary_key=True, related_name="reservation"
    )
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="reservations", db_index=False)
    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="+", db_index=False)
    buyer = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    units = models.PositiveIntegerField()
    lot_units = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=ReservationState.HELD.value)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ReservationState]),
                name="reservation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(units__gt=0, lot_units__gt=0), name="reservation_units_positive"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["offer", "buyer"]), models.Index(fields=["lot"])]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.state}"


class Payment(models.Model):
    """An order's payment through a provider. `reference` is the name the provider knows it by.

    `asked_at` is when we last asked the provider about it; `closed_at` when it said that nothing can be paid any more.
    """

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="payment")
    provider = models.CharField(max_length=20)
    reference = models.CharField(max_length=40, unique=True)
    provider_ref = models.CharField(max_length=64, blank=True, default="")
    amount_fen = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["started_at"],
                name="payment_open",
                condition=Q(paid_at__isnull=True, closed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class PaymentNotice(models.Model):
    """Every notice that was the provider's own, and what became of it. Append-only, for ever; forged ones are in a
    table of their own. `notice_id` stands for the whole of a longer one.
    """

    provider = models.CharField(max_length=20)
    notice_id = models.CharField(max_length=64, blank=True, default="")
    event = models.CharField(max_length=40, blank=True, default="")
    reference = models.CharField(max_length=40, blank=True, default="")
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField(blank=True, default="")
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            # A notice is applied once: its twin finds this row and is recorded as a duplicate.
            models.UniqueConstraint(
                fields=["provider", "notice_id"],
                condition=~Q(outcome__in=["duplicate", "rejected"]),
                name="notice_applied_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in NoticeOutcome if outcome.believed]),
                name="notice_outcome_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reference"]),
            models.Index(fields=["outcome", "received_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.outcome}"


class Refund(models.Model):
    """Money going back to a buyer. `reference` is the name the provider knows it by.

    From the request on, the amount is set aside in the seller's escrow under a ledger hold of the same name. `due_at`
    is when it is sent next, or asked about once it is sent; `failure` says why the provider would not take it.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    reference = models.CharField(max_length=40, unique=True)
    amount_fen = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=[(value.value, value.value) for value in RefundKind])
    state = models.CharField(max_length=10, default=RefundState.REQUESTED.value)
    reason = models.CharField(max_length=200, blank=True, default="")
    requested_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="refund_positive"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RefundState]), name="refund_state_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return self.reference


class Shipment(models.Model):
    """An order's parcel."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="shipment")
    carrier = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    tracking_number = models.CharField(max_length=40)
    shipped_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carrier", "tracking_number"], name="tracking_number_once_a_carrier"
            )
        ]

    def __str__(self) -> str:
        return self.tracking_number


class ParcelStep(models.Model):
    """A step of a parcel that the lot's history has not been told yet: a row of the same transaction, gone when told.

    One event per parcel would bury a lot's history under hundreds of lines, so the steps of a lot are told in batches.
    """

    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(step.value, step.value) for step in Step])
    actor = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    units = models.PositiveIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.kind}"
