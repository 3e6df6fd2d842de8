"""Tables of parcels."""

from typing import ClassVar

from django.db import models

from fieldcast.trade.models.orders import Order
from fieldcast.trade.parcels.types import Step


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
