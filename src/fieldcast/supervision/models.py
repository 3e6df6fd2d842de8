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


class BooksMark(models.Model):
    """A reading of everything that found nothing wrong: up to where, with which sums. Append-only by trigger.

    `digest` is of `read`; `seal` is over digest, moment and the seal of the mark before, with a key that is not in the
    database: a chain that is followed without reading the sums of every night.
    """

    before = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="after")
    at = models.DateTimeField()
    read = models.JSONField()
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["before"], nulls_distinct=False, name="one_books_mark_follows_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
