"""Tables of parcels that are carried."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.kit.fields import EncryptedTextField
from fieldcast.kit.history import Done
from fieldcast.trade.carrying.types import Carried, CarryingState
from fieldcast.trade.models.orders import Order

STATES = [state.value for state in CarryingState]
STEPS = [step.value for step in Carried]


class Carrying(models.Model):
    """Who carries an order's parcel, from packing on, and where it is. States go the way of `MOVES` alone (trigger)."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, primary_key=True, related_name="carrying")
    carrier = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=12, default=CarryingState.TO_FETCH.value)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="carrying_state_known")
        ]
        indexes: ClassVar = [
            models.Index(fields=["carrier", "state", "changed_at"], name="carrying_of_carrier")
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.state}"


class CarryingStep(Done):
    """A step of a parcel's way, by whom and when. Append-only.

    `at` is the time of whoever took it, which may be a phone's without a signal; `noted_at` is the platform's.
    """

    carrying = models.ForeignKey(Carrying, on_delete=models.PROTECT, related_name="steps")
    carrier = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    step = models.CharField(max_length=12)
    noted_at = models.DateTimeField()
    boxes = models.PositiveIntegerField(null=True)
    detail = models.CharField(max_length=10, blank=True, default="")
    words = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(step__in=STEPS), name="carrying_step_known"),
            models.CheckConstraint(condition=Q(at__lte=models.F("noted_at")), name="carrying_step_not_ahead"),
        ]

    def __str__(self) -> str:
        return f"{self.carrying_id} {self.step}"
