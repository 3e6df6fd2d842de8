"""Tables of buyers' requests for money back."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.kit.fields import EncryptedTextField
from fieldcast.kit.history import Done
from fieldcast.trade.aftersales.types import WAITING, BorneBy, HeldFor, Remedy, RequestState, Wrong
from fieldcast.trade.models.orders import Order, OrderLine
from fieldcast.trade.models.refunds import Refund

STATES = [state.value for state in RequestState]


class RefundRequest(models.Model):
    """A buyer asks for money back. What is asked, and until when it is to be answered, never changes (triggers).

    `state` is that of the last step, `due_at` until when the next is to be taken. `open_until` is when the time to
    object to the seller's answer, or to appeal against the county's, ends.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refund_requests")
    wrong = models.CharField(max_length=14, choices=[(wrong.value, wrong.value) for wrong in Wrong])
    remedy = models.CharField(
        max_length=17,
        choices=[(one.value, one.value) for one in Remedy],
        default=Remedy.REFUND_ONLY.value,
        db_default=Remedy.REFUND_ONLY.value,
    )
    packs = models.PositiveIntegerField(null=True)
    damaged_units = models.PositiveIntegerField(null=True)
    all_units = models.PositiveIntegerField(null=True)
    held_for = models.CharField(
        max_length=5, blank=True, default=HeldFor.NOTHING.value, db_default=HeldFor.NOTHING.value
    )
    asked_fen = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default=RequestState.ASKED.value)
    asked_at = models.DateTimeField()
    answer_until = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    open_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="refund_request_state_known"),
            models.CheckConstraint(
                condition=Q(wrong__in=[wrong.value for wrong in Wrong]), name="refund_request_wrong_known"
            ),
            models.CheckConstraint(condition=Q(asked_fen__gt=0), name="refund_request_of_something"),
            models.CheckConstraint(
                condition=Q(remedy__in=[one.value for one in Remedy]), name="refund_request_remedy_known"
            ),
            models.CheckConstraint(
                condition=Q(held_for__in=[one.value for one in HeldFor]), name="refund_request_held_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    remedy=Remedy.PART.value, damaged_units__gt=0, all_units__gte=models.F("damaged_units")
                )
                | (~Q(remedy=Remedy.PART.value) & Q(damaged_units__isnull=True, all_units__isnull=True)),
                name="refund_request_part_of_units",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=[state.value for state in WAITING]),
                name="one_request_waits_an_order",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[state.value for state in WAITING]),
                name="refund_request_waiting",
            ),
            models.Index(fields=["asked_at"], name="refund_request_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.state}"


class RefundRequestStep(Done):
    """A state that a request came to, by whom, when and with which words. Append-only.

    `amount_fen` is what was asked, or given back by `refund`; `borne_by` who bears it, as the county says.
    """

    request = models.ForeignKey(RefundRequest, on_delete=models.PROTECT, related_name="steps", db_index=False)
    state = models.CharField(max_length=10)
    amount_fen = models.PositiveIntegerField(default=0)
    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, null=True, related_name="+")
    words = EncryptedTextField(blank=True, default="")
    borne_by = models.CharField(max_length=8, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "state"], name="refund_request_step_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="refund_request_step_state_known"),
            models.CheckConstraint(
                condition=Q(borne_by="")
                | Q(borne_by__in=[one.value for one in BorneBy], state__in=["upheld", "final"]),
                name="refund_request_step_borne_by_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.state}"


class RefundRequestPhoto(models.Model):
    """A picture that a buyer sent with a request, kept by files. Append-only."""

    request = models.ForeignKey(RefundRequest, on_delete=models.PROTECT, related_name="photos")
    file = models.OneToOneField("files.KeptFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.request_id}: {self.file_id}"


class BorneRefund(models.Model):
    """What of a line's refund the county says that one role of the sale bears: settlement makes it so. Append-only."""

    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="borne")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="borne")
    role = models.CharField(max_length=12)
    amount_fen = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "refund"], name="line_borne_once_a_refund"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="borne_refund_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.role} {self.amount_fen}"


class Replacement(Done):
    """Units of a line's lot that were sent in exchange for some of the line's packs: sold once more, paid by nobody.

    Append-only.
    """

    request = models.ForeignKey(RefundRequest, on_delete=models.PROTECT, related_name="replacements")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="replacements")
    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="+")
    packs = models.PositiveIntegerField()
    units = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "line"], name="line_replaced_once_a_request"),
            models.CheckConstraint(condition=Q(packs__gt=0, units__gt=0), name="replacement_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.packs}"


class ReplacementParcel(Done):
    """The parcel in which goods are sent in exchange: who carries it, under which number. Append-only."""

    request = models.OneToOneField(RefundRequest, on_delete=models.PROTECT, related_name="parcel")
    carrier = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    tracking_number = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carrier", "tracking_number"], name="replacement_tracking_once_a_carrier"
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_number


class ReturnedGoods(Done):
    """What became of goods that came back: some of a line's units are on hand again, the rest is written off, and why.

    Append-only.
    """

    request = models.ForeignKey(RefundRequest, on_delete=models.PROTECT, related_name="returned")
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="returned")
    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="+")
    put_back = models.PositiveIntegerField()
    written_off = models.PositiveIntegerField()
    why = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "line"], name="line_came_back_once_a_request"),
            models.CheckConstraint(
                condition=Q(put_back__gt=0) | Q(written_off__gt=0), name="returned_goods_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.put_back} + {self.written_off}"


class AfterSaleSetting(Done):
    """What a county sets about after-sales: its line, its clocks and its limit. The latest row holds. Append-only."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(max_length=20, blank=True, default="")
    words = models.CharField(max_length=200, blank=True, default="")
    words_en = models.CharField(max_length=200, blank=True, default="")
    damage_hours = models.PositiveIntegerField()
    answer_hours = models.PositiveIntegerField()
    decide_days = models.PositiveIntegerField()
    most_requests = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(damage_hours__range=(1, 720), answer_hours__range=(1, 240))
                & Q(decide_days__range=(1, 60), most_requests__range=(1, 1000)),
                name="after_sale_setting_in_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county_id}: {self.phone}"
