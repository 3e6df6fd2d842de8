"""The kit's one table: requests that were taken once. `once` alone reads and writes it."""

from typing import ClassVar

from django.db import models

from fieldcast.kit.fields import EncryptedTextField


class Claim(models.Model):
    """A request of a person under a key: what was asked (SHA-256, hex), and the answer, empty until it is given.

    The kit knows no people, so the person is a number. The answer may hold an address or a name: it is encrypted.
    """

    person_id = models.BigIntegerField()
    key = models.CharField(max_length=64)
    asked = models.CharField(max_length=64)
    led_to = EncryptedTextField(blank=True, default="")
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person_id", "key"], name="claim_taken_once"),
        ]
