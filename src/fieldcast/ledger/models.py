"""Tables of the book. What may not happen to them is refused by constraints and triggers (see the first migration)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Func, Q


class Account(models.Model):
    """Money of one party of one county for one purpose. Balance and held amount are written by triggers alone; an
    account of the world outside keeps neither (its postings are summed), and therefore is never locked.
    """

    county_id = models.BigIntegerField()
    party = models.CharField(max_length=64)
    purpose = models.CharField(max_length=20)
    may_go_negative = models.BooleanField(default=False)
    balance_fen = models.BigIntegerField(default=0, db_default=0)
    held_fen = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["party", "purpose", "county_id"], name="ledger_account_once"),
            models.CheckConstraint(
                condition=Q(may_go_negative=True) | Q(balance_fen__gte=F("held_fen")),
                name="ledger_account_not_overdrawn",
            ),
            models.CheckConstraint(condition=Q(held_fen__gte=0), name="ledger_account_held_not_negative"),
            models.CheckConstraint(
                condition=~Q(purpose="world") | Q(balance_fen=0, held_fen=0),
                name="ledger_account_world_is_summed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}/{self.purpose}"


class Transfer(models.Model):
    """Money moved, once. Immutable; its postings are written in the same transaction (`opened_in`) or never."""

    client_id = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=32)
    memo = models.CharField(max_length=200, default="", blank=True)
    reference = models.CharField(max_length=80, default="", blank=True)
    created_at = models.DateTimeField()
    opened_in = models.BigIntegerField(
        db_default=Func(function="txid_current", output_field=models.BigIntegerField()), editable=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["reference"], name="ledger_transfer_reference", condition=~Q(reference=""))
        ]

    def __str__(self) -> str:
        return self.client_id


class Posting(models.Model):
    """One side of a transfer. Immutable."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings", db_index=False)
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="ledger_posting_not_zero"),
        ]
        indexes: ClassVar = [models.Index(fields=["account", "-id"], name="ledger_posting_newest")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.amount_fen}"


class Hold(models.Model):
    """Money set aside on an account until it is released or taken. Only its release may be written, once."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="holds")
    amount_fen = models.BigIntegerField()
    client_id = models.CharField(max_length=80, unique=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    captured_by = models.OneToOneField(
        Transfer, on_delete=models.PROTECT, null=True, blank=True, related_name="hold"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="ledger_hold_positive"),
            models.CheckConstraint(
                condition=Q(captured_by=None) | Q(released_at__isnull=False),
                name="ledger_hold_captured_is_released",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}: {self.amount_fen}"
