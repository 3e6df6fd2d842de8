"""Tables of lots' units. The counters carry the invariant as CHECK constraints."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class LotStock(models.Model):
    """A lot's units. Made when the lot is first offered or written off; absent means all on hand.

    `moved` of `written_off` are not lost: they became lots of a lower grade.
    """

    lot = models.OneToOneField(
        "catalog.Lot", on_delete=models.PROTECT, primary_key=True, related_name="stock"
    )
    harvested = models.IntegerField()
    on_hand = models.IntegerField()
    allocated = models.IntegerField(default=0)
    reserved = models.IntegerField(default=0)
    sold = models.IntegerField(default=0)
    written_off = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(harvested=F("on_hand") + F("reserved") + F("sold") + F("written_off")),
                name="stock_nothing_lost",
            ),
            models.CheckConstraint(
                condition=Q(on_hand__gte=0, reserved__gte=0, sold__gte=0, written_off__gte=0),
                name="stock_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(allocated__gte=0, allocated__lte=F("on_hand")), name="stock_allocated_is_on_hand"
            ),
            models.CheckConstraint(
                condition=Q(moved__gte=0, moved__lte=F("written_off")), name="stock_moved_is_written_off"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.on_hand}"


class WriteOff(models.Model):
    """Units lost: rot, breakage, a failed test, goods that came back; or sorted `into` a lot of a lower grade.

    Append-only.
    """

    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="write_offs")
    units = models.PositiveIntegerField()
    reason = models.CharField(max_length=200)
    into = models.OneToOneField("catalog.Lot", on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(units__gt=0), name="write_off_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: -{self.units}"
