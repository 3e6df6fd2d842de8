"""Tables of orders sold on other platforms. They never touch the platform's own stock.

Their names begin with `trade_`, from when they stood in that room: a name is all that a move would have changed.

What always holds, by constraint: a county knows an order once by channel and number; no more went back than was paid
and no more was paid than asked; an order without a payment time has paid nothing. A refund of NULL is not known.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class ImportBatch(models.Model):
    """One file that changed something: which, whose, by whom, and what became of its rows."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    channel = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    column_map = models.JSONField(default=dict)
    rows = models.PositiveIntegerField()
    inserted = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    older = models.PositiveIntegerField(default=0)
    imported_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "trade_importbatch"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rows=F("inserted") + F("updated") + F("unchanged") + F("older")),
                name="import_batch_every_row_counted",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "-created_at"]),
            models.Index(fields=["sha256"], name="import_batch_by_content"),
        ]

    def __str__(self) -> str:
        return self.file_name


class OutsideOrder(models.Model):
    """An order of another platform: amounts and the province, nothing that names a buyer. `batch` said so last."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    channel = models.CharField(max_length=20)
    outside_number = models.CharField(max_length=64)
    amount_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField()
    refund_fen = models.BigIntegerField(null=True)
    province = models.CharField(max_length=20, blank=True, default="")
    city = models.CharField(max_length=40, blank=True, default="")
    product_title = models.CharField(max_length=200, blank=True, default="")
    quantity = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="orders")

    class Meta:
        db_table = "trade_outsideorder"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "channel", "outside_number"], name="outside_order_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gte=0, paid_fen__gte=0)
                & (Q(refund_fen__isnull=True) | Q(refund_fen__gte=0)),
                name="outside_order_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(paid_fen__lte=F("amount_fen")), name="outside_order_paid_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(refund_fen__isnull=True) | Q(refund_fen__lte=F("paid_fen")),
                name="outside_order_refund_within_paid",
            ),
            models.CheckConstraint(
                # both halves say what is null: a CHECK that comes out as NULL would let the row pass
                condition=Q(paid_at__isnull=True, paid_fen=0, refund_fen__isnull=False, refund_fen=0)
                | Q(paid_at__isnull=False, paid_at__gte=F("created_at")),
                name="outside_order_paid_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=1),
                name="outside_order_quantity_positive",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["county", "created_at"])]

    def __str__(self) -> str:
        return self.outside_number


class OutsideOrderRevision(models.Model):
    """What an order said before a later export changed it. Only ever added to."""

    order = models.ForeignKey(OutsideOrder, on_delete=models.PROTECT, related_name="revisions")
    amount_fen = models.BigIntegerField()
    paid_fen = models.BigIntegerField()
    refund_fen = models.BigIntegerField(null=True)
    paid_at = models.DateTimeField(null=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField()

    class Meta:
        db_table = "trade_outsideorderrevision"

    def __str__(self) -> str:
        return f"{self.order_id} until {self.replaced_at:%Y-%m-%d}"
