"""Tables of orders, their lines and the packs that these hold."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fieldcast.kit.fields import EncryptedJSONField
from fieldcast.kit.history import Done
from fieldcast.trade.models.offers import Offer
from fieldcast.trade.orders.types import OrderState
from fieldcast.trade.stock.types import ReservationState


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
                fields=["county", "paid_at"],
                name="order_waiting_to_be_sent",
                condition=Q(state__in=[OrderState.PAID.value, OrderState.PACKED.value]),
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


class OrderStep(Done):
    """A state that an order came to. Append-only; the order's own `…_at` are its index, and a check compares the two.

    `by` None is the platform itself: a payment is the provider's word, a hold or a window ends by the clock.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="steps", db_index=False)
    state = models.CharField(max_length=10)
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "state"], name="order_step_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in OrderState]), name="order_step_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"


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
    packs = models.PositiveIntegerField()
    pack_units = models.PositiveIntegerField()
    price_fen = models.PositiveIntegerField()
    total_fen = models.PositiveIntegerField()
    refunded_fen = models.PositiveIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(packs__gt=0), name="order_line_packs_positive"),
            models.CheckConstraint(
                condition=Q(total_fen=F("packs") * F("price_fen")), name="order_line_total"
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
        return f"{self.order_id}: {self.packs}"


class Reservation(models.Model):
    """The packs an order line holds: held until paid or expired, then sold or released.

    Offer, lot and buyer repeat what the line and its order say, never change, and are compared with them by a check.
    Their rows are kept by the line's own foreign keys: asking three times more would only make the next buyer wait.
    """

    line = models.OneToOneField(
        OrderLine, on_delete=models.PROTECT, primary_key=True, related_name="reservation"
    )
    offer = models.ForeignKey(
        Offer, on_delete=models.PROTECT, related_name="reservations", db_index=False, db_constraint=False
    )
    lot = models.ForeignKey(
        "catalog.Lot", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    buyer = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    packs = models.PositiveIntegerField()
    lot_units = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=ReservationState.HELD.value)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in ReservationState]),
                name="reservation_state_known",
            ),
            models.CheckConstraint(condition=Q(packs__gt=0, lot_units__gt=0), name="reservation_positive"),
        ]
        indexes: ClassVar = [models.Index(fields=["offer", "buyer"]), models.Index(fields=["lot"])]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.state}"
