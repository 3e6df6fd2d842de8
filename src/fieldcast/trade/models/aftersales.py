"""Tables of buyers' requests for money back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.kit.fields import EncryptedTextField
from fieldcast.kit.history import Done
from fieldcast.trade.aftersales.types import WAITING, RequestState, Wrong
from fieldcast.trade.models.orders import Order
from fieldcast.trade.models.refunds import Refund

STATES = [state.value for state in RequestState]


class RefundRequest(models.Model):
    """A buyer asks for money back. What is asked, and until when it is to be answered, never changes (triggers).

    `state` is that of the last step. `open_until` is when the buyer's time to object to the seller's answer ends.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refund_requests")
    wrong = models.CharField(max_length=14, choices=[(wrong.value, wrong.value) for wrong in Wrong])
    packs = models.PositiveIntegerField(null=True)
    asked_fen = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=RequestState.ASKED.value)
    asked_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    open_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="refund_request_state_known"),
            models.CheckConstraint(
                condition=Q(wrong__in=[wrong.value for wrong in Wrong]), name="refund_request_wrong_known"
            ),
            models.CheckConstraint(condition=Q(asked_fen__gt=0), name="refund_request_of_something"),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=[state.value for state in WAITING]),
                name="one_request_waits_an_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["answer_until"],
                condition=Q(state__in=[state.value for state in WAITING]),
                name="refund_request_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.state}"


class RefundRequestStep(Done):
    """A state that a request came to, by whom, when and with which words. Append-only.

    `amount_fen` is what was asked, or given back by `refund`.
    """

    request = models.ForeignKey(RefundRequest, on_delete=models.PROTECT, related_name="steps", db_index=False)
    state = models.CharField(max_length=10)
    amount_fen = models.PositiveIntegerField(default=0)
    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, null=True, related_name="+")
    words = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "state"], name="refund_request_step_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="refund_request_step_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"


class RefundRequestPhoto(models.Model):
    """A picture that a buyer sent with a request, kept by files. Append-only."""

    request = models.ForeignKey(RefundRequest, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField("files.KeptFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.request_id}: {self.file_id}"
