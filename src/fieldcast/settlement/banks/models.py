"""Tables of the way to the bank: accounts, batches of payouts, and what the bank said of each. Only ever added to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.kit.fields import EncryptedTextField


class BankAccount(models.Model):
    """Where an organisation's money goes: its newest row counts. Holder and number are encrypted. Immutable by
    trigger.
    """

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    holder = EncryptedTextField()
    bank = models.CharField(max_length=60)
    number = EncryptedTextField()
    number_end = models.CharField(max_length=4)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "seal"], name="account_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: …{self.number_end}"


class PayoutBatch(models.Model):
    """Payouts that go to the bank together, in one file or one call. Immutable by trigger."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    way = models.CharField(max_length=16)
    payouts = models.PositiveIntegerField()
    total_fen = models.BigIntegerField()
    by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(payouts__gt=0, total_fen__gt=0), name="batch_of_something")
        ]

    def __str__(self) -> str:
        return self.number


class PayoutOrder(models.Model):
    """A payout in its batch, with the account it goes to: a payout is in one batch. Immutable by trigger."""

    batch = models.ForeignKey(PayoutBatch, on_delete=models.PROTECT, related_name="orders")
    payout = models.OneToOneField("settlement.Payout", on_delete=models.PROTECT, related_name="ordered")
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "place"], name="payout_order_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.place}"


class PayoutResult(models.Model):
    """What the bank said of a payout: that it arrived, or why it came back. Each once. Immutable by trigger."""

    payout = models.ForeignKey("settlement.Payout", on_delete=models.PROTECT, related_name="results")
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=100, blank=True, default="")
    by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payout", "state"], name="payout_result_once"),
            models.CheckConstraint(
                condition=Q(state__in=["confirmed", "returned"]), name="payout_result_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payout_id}: {self.state}"
