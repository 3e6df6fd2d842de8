"""Tables of what a person decides about a fund. All of them are only ever added to, by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.kit.history import Done
from fieldcast.settlement.funds.types import AskCause


class FundFloor(Done):
    """Below what a fund pays nothing by itself. The newest row of a fund holds."""

    fund = models.ForeignKey("agreements.Fund", on_delete=models.PROTECT, related_name="+")
    floor_fen = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(floor_fen__gte=0), name="fund_floor_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.fund_id}: {self.floor_fen}"


class FundAsk(Done):
    """A payment out of the county's funds that waits for a person. `order_line`: of what one party bears of a line."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    seller_id = models.BigIntegerField()
    order = models.ForeignKey("trade.Order", on_delete=models.PROTECT, related_name="+")
    order_line = models.OneToOneField(
        "trade.OrderLine", on_delete=models.PROTECT, null=True, related_name="+"
    )
    cause = models.CharField(max_length=6)
    amounts = models.JSONField()
    borne_by = models.CharField(max_length=24, blank=True, default="")
    why = models.CharField(max_length=200)
    need_fen = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(need_fen__gt=0), name="fund_ask_of_something"),
            models.CheckConstraint(
                condition=Q(cause=AskCause.BORNE.value, order_line__isnull=False)
                | Q(cause=AskCause.REFUND.value, order_line__isnull=True),
                name="fund_ask_cause_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.need_fen}"


class FundAnswer(Done):
    """What a person decided, once, and why."""

    ask = models.OneToOneField(FundAsk, on_delete=models.PROTECT, related_name="answer")
    approved = models.BooleanField()
    why = models.CharField(max_length=200)
    seal = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.ask_id}: {self.approved}"
