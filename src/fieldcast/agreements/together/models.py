"""Table of what selling alone would be like. Only ever added to, by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class AloneFigure(models.Model):
    """What a cooperative says of selling alone, and where it knows it from. The newest row holds; null is unknown."""

    cooperative = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    parcel_minutes = models.PositiveIntegerField(null=True)
    request_minutes = models.PositiveIntegerField(null=True)
    gain_fen = models.BigIntegerField(null=True)
    detection_bp = models.PositiveIntegerField(null=True)
    detection_alone_bp = models.PositiveIntegerField(null=True)
    penalty_alone_fen = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(gain_fen__isnull=True) | Q(gain_fen__gt=0))
                & (Q(penalty_alone_fen__isnull=True) | Q(penalty_alone_fen__gte=0))
                & (Q(detection_bp__isnull=True) | Q(detection_bp__lte=10_000))
                & (Q(detection_alone_bp__isnull=True) | Q(detection_alone_bp__lte=10_000)),
                name="alone_figures_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.at:%Y-%m-%d}"
