"""Tables of the cover. All of them are only ever added to, by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.agreements.cover.types import MoneyKind


class Fund(models.Model):
    """A named fund. Its cash is the ledger's account `fund:<id>/fund`."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True, default="")
    created_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "name"], name="fund_named_once_a_county")
        ]

    def __str__(self) -> str:
        return self.name


class Backing(models.Model):
    """The most a fund stands behind a cooperative with. The newest row holds; a limit of zero ends it."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="backings")
    cooperative = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    limit_fen = models.BigIntegerField()
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(limit_fen__gte=0), name="backing_not_negative"),
            models.UniqueConstraint(
                fields=["fund", "cooperative", "limit_fen", "at"], name="backing_said_once"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["fund", "cooperative", "-id"], name="backing_newest")]

    def __str__(self) -> str:
        return f"{self.fund_id} → {self.cooperative_id}: {self.limit_fen}"


class MoneyReceived(models.Model):
    """Money that came to the platform's bank account or went back, against a bank slip.

    It is about a cooperative's deposit, a fund, or (`organisation`) a party's bond.
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    party = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20)
    cooperative = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="money")
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    amount_fen = models.BigIntegerField()
    slip = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    transfer_client_id = models.CharField(max_length=80, unique=True)
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "slip"], name="bank_slip_used_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="money_received_positive"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in MoneyKind]), name="money_received_kind_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["county", "-id"], name="money_received_newest")]

    def __str__(self) -> str:
        return f"{self.slip}: {self.amount_fen}"


class Draw(models.Model):
    """What settlement took from a deposit (`fund` empty) or a fund for a cooperative; below zero, what went back."""

    cooperative = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="draws")
    amount_fen = models.BigIntegerField()
    at = models.DateTimeField()
    transfer_client_id = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["transfer_client_id", "fund"], nulls_distinct=False, name="draw_once_a_transfer"
            ),
            models.CheckConstraint(condition=~Q(amount_fen=0), name="draw_not_zero"),
            models.CheckConstraint(
                condition=Q(fund__isnull=False) | Q(amount_fen__gt=0), name="deposit_is_drawn_not_repaid"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["cooperative", "fund"], name="draw_of_cooperative")]

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.amount_fen}"
