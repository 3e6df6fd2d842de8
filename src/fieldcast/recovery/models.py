"""Tables of recovery: codes, what ended them, wrong tries, and the numbers that wait for a code."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from fieldcast.kit.fields import EncryptedTextField
from fieldcast.kit.history import Done
from fieldcast.recovery.types import Ending, LookedAt

_LOOKED_AT = [(one.value, one.value) for one in LookedAt]
AT_CENTRE = models.Q(
    centre__isnull=False, by__isnull=False, looked_at__in=[one.value for one in LookedAt]
) & ~models.Q(why="")
BY_PHONE = models.Q(centre__isnull=True, by__isnull=True, looked_at="", witnesses="", why="")
NAMED = ~models.Q(looked_at=LookedAt.KNOWN.value) | ~models.Q(witnesses="")


class ResetCode(Done):
    """A code for one person: made at a centre by somebody who looked at who asks, or sent to the person's phone.

    `code_hash` is keyed and holds the person too. Append-only; what became of it is a `CodeEnd`.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    centre = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.CharField(max_length=20, choices=_LOOKED_AT, blank=True, default="")
    witnesses = EncryptedTextField(blank=True, default="")
    why = EncryptedTextField(blank=True, default="")
    code_hash = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=AT_CENTRE | BY_PHONE, name="code_made_or_sent"),
            models.CheckConstraint(condition=NAMED, name="code_of_someone_known_names_two"),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("at")), name="code_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} until {self.until:%H:%M}"


class CodeEnd(models.Model):
    """What ended a code, once. Append-only."""

    code = models.OneToOneField(ResetCode, on_delete=models.PROTECT, related_name="end")
    how = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Ending])
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(how__in=[one.value for one in Ending]), name="code_end_known"
            )
        ]

    def __str__(self) -> str:
        return self.how


class WrongTry(models.Model):
    """Something else was typed while a code was open. Append-only."""

    code = models.ForeignKey(ResetCode, on_delete=models.PROTECT, related_name="tries")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code_id} at {self.at:%H:%M:%S}"


class CodeAsk(models.Model):
    """A number for which a code by phone was asked, whether anybody has it or not; goes once a worker has seen it."""

    phone = EncryptedTextField()
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.asked_at:%H:%M:%S}"
