"""The table of kept files."""

from typing import ClassVar

from django.db import models

from fieldcast.files.types import FileKind, Retention
from fieldcast.kit.fields import EncryptedJSONField


class KeptFile(models.Model):
    """A file somebody handed in. Nothing about it changes but that it ends (triggers); the row stays."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    handed_in_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in FileKind])
    name = models.CharField(max_length=90, blank=True)
    stored = models.CharField(max_length=32, unique=True)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # as PostgreSQL counts: the highest of the 64 bits is the sign
    fingerprint = models.BigIntegerField(null=True, blank=True)
    taken = EncryptedJSONField(default=dict)
    retention = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Retention])
    handed_in_at = models.DateTimeField()
    keep_until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in FileKind]), name="file_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(retention__in=[one.value for one in Retention]),
                name="file_retention_known",
            ),
            models.CheckConstraint(
                condition=models.Q(size__gt=0, width__gt=0, height__gt=0), name="file_is_of_something"
            ),
            models.CheckConstraint(
                condition=models.Q(keep_until__gt=models.F("handed_in_at")), name="file_is_kept_for_a_while"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county", "sha256"]),
            models.Index(fields=["keep_until"], condition=models.Q(ended_at__isnull=True), name="file_due"),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.pk}"
