"""Tables of trace."""

from typing import ClassVar

from django.db import models

from fieldcast.trace.types import EventKind


class LotEvent(models.Model):
    """One event of a lot's life; append-only by trigger."""

    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=[(value.value, value.value) for value in EventKind])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    previous_hash = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lot", "sequence"], name="lot_event_sequence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}#{self.sequence} {self.kind}"
