"""Tables of supervision."""

from typing import ClassVar

from django.db import models


class SalesReport(models.Model):
    """What a host says a session sold. Append-only by trigger: a later report stands beside the earlier one."""

    session = models.ForeignKey("live.Session", on_delete=models.PROTECT, related_name="sales_reports")
    host = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    packs = models.PositiveIntegerField()
    amount_fen = models.BigIntegerField()
    reported_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["session", "-at"])]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.packs}"
