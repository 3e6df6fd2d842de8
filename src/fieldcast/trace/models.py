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


class CheckedHistory(models.Model):
    """How far a lot's history was computed again and found to hold: up to `sequence`, whose hash is `hash`.

    `broken_at` is the first event that did not fit, None while all do; `checked_at` is when it was last computed from
    its first event. Written by the sweep alone and read by lists: whoever doubts it asks for the whole check.
    """

    lot = models.OneToOneField("catalog.Lot", on_delete=models.PROTECT, primary_key=True, related_name="+")
    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, blank=True, default="")
    broken_at = models.PositiveIntegerField(null=True)
    checked_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["county"],
                condition=models.Q(broken_at__isnull=False),
                name="broken_history_of_county",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} up to {self.sequence}"
