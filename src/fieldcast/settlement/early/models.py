"""Tables of fast payout: each day's reserve of a seller, and the lines that were paid early. Only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Reserve(models.Model):
    """What of a seller's lines is kept on one day, with what it was reckoned from. Immutable by trigger."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    seller_id = models.BigIntegerField()
    day = models.DateField()
    lines = models.PositiveIntegerField()
    refunded = models.PositiveIntegerField()
    county_lines = models.PositiveIntegerField()
    county_refunded = models.PositiveIntegerField()
    prior_lines = models.PositiveSmallIntegerField()
    share_bp = models.PositiveSmallIntegerField()
    formula = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seller_id", "day"], name="reserve_once_a_day"),
            models.CheckConstraint(
                condition=Q(refunded__lte=F("lines"), county_refunded__lte=F("county_lines")),
                name="reserve_of_its_lines",
            ),
            models.CheckConstraint(condition=Q(share_bp__lte=10_000), name="reserve_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} {self.day}: {self.share_bp}"


class EarlyLine(models.Model):
    """An order line that was paid before its time for refunds was over: once, by its primary key. Immutable by trigger.

    `reserve_bp` of every share is kept until the line is settled. Whom it paid how much stands in the dues of the line.
    """

    order_line = models.OneToOneField(
        "trade.OrderLine", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    reserve = models.ForeignKey(Reserve, on_delete=models.PROTECT, related_name="+")
    reserve_bp = models.PositiveSmallIntegerField()
    net_fen = models.BigIntegerField()
    run_key = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reserve_bp__lte=10_000), name="early_line_keeps_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.order_line_id}: {self.reserve_bp}"
