"""Tables of money going back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.trade.models.orders import Order
from fieldcast.trade.models.payments import Payment
from fieldcast.trade.refunds.types import RefundKind, RefundState


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


class GiveBack(models.Model):
    """Somebody gave back every order of a stopped lot that was not sent: `orders` of them at that time.

    Nothing of it changes but that it is finished, once (triggers).
    """

    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    orders = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True, default="")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lot"], condition=Q(finished_at__isnull=True), name="lot_given_back_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.orders}"
