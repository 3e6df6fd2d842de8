"""Tables of payments."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.trade.models.orders import Order


class Payment(models.Model):
    """An attempt to pay an order through a provider. `reference` is the name the provider knows it by.

    `asked_at` is when we last asked the provider about it; `closed_at` when it said that nothing can be paid any more.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
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
