"""Tables of what providers told us: true notices one by one, forged ones a while, the many of a flood by number."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.trade.payments.types import NoticeOutcome


class PaymentNotice(models.Model):
    """Every notice that was the provider's own, and what became of it. Append-only, for ever; forged ones are in a
    table of their own. `notice_id` stands for the whole of a longer one.
    """

    provider = models.CharField(max_length=20)
    notice_id = models.CharField(max_length=64, blank=True, default="")
    event = models.CharField(max_length=40, blank=True, default="")
    reference = models.CharField(max_length=40, blank=True, default="")
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=200, blank=True, default="")
    body = models.TextField(blank=True, default="")
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            # A notice is applied once: its twin finds this row and is recorded as a duplicate.
            models.UniqueConstraint(
                fields=["provider", "notice_id"],
                condition=~Q(outcome__in=["duplicate", "rejected"]),
                name="notice_applied_once",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in NoticeOutcome if outcome.believed]),
                name="notice_outcome_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reference"]),
            models.Index(fields=["outcome", "received_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.outcome}"


class ForgedNotice(models.Model):
    """One notice that was not believed. Never changed; it may be deleted when `KEPT_FOR` is over, not before."""

    provider = models.CharField(max_length=20, blank=True, default="")
    reason = models.CharField(max_length=40)
    body = models.TextField(blank=True, default="")
    received_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["provider", "received_at"], name="forged_by_provider")]

    def __str__(self) -> str:
        return f"{self.provider} {self.reason}"


class NoticeCount(models.Model):
    """How many notices of an hour were counted and not kept, by provider, outcome, reason and what they were about.

    Each database connection counts in a row of its own, so that many who count at once do not wait for one row.
    """

    provider = models.CharField(max_length=20, blank=True, default="")
    outcome = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, blank=True, default="")
    reference = models.CharField(max_length=40, blank=True, default="")
    hour = models.DateTimeField()
    shard = models.SmallIntegerField()
    count = models.BigIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "outcome", "reason", "reference", "hour", "shard"],
                name="notices_counted_in_their_hour",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["duplicate", "rejected"]), name="notice_count_outcome_known"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="notice_count_positive"),
        ]
        indexes: ClassVar = [models.Index(fields=["reference"], name="notice_count_reference")]

    def __str__(self) -> str:
        return f"{self.provider} {self.outcome} {self.count}"
