"""Table of an offer's history."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.trade.changes.types import Changed


class OfferChange(models.Model):
    """A price or a number of packs that an offer had from then on, or its end. Append-only by trigger."""

    offer = models.ForeignKey("trade.Offer", on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=6, choices=[(what.value, what.value) for what in Changed])
    before = models.BigIntegerField(null=True, blank=True)
    after = models.BigIntegerField(null=True, blank=True)
    by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(what__in=[what.value for what in Changed]), name="offer_change_known"
            ),
            models.CheckConstraint(
                condition=Q(what=Changed.CLOSED.value, after__isnull=True)
                | ~Q(what=Changed.CLOSED.value) & Q(after__isnull=False),
                name="offer_change_says_what_it_became",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.what} {self.after}"
