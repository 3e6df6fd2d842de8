"""Tables of bonds. All of them are only ever added to, by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class GuaranteeLetter(models.Model):
    """A bank's letter that counts as a party's bond until it runs out."""

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    bank = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    valid_until = models.DateField()
    file = models.ForeignKey("files.KeptFile", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank", "number"], name="guarantee_letter_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="guarantee_letter_positive"),
        ]
        indexes: ClassVar = [models.Index(fields=["valid_until"], name="guarantee_letter_ends")]

    def __str__(self) -> str:
        return f"{self.bank} {self.number}"


class Penalty(models.Model):
    """A penalty that the county's authority confirmed. `cash_fen` came from the bond at once."""

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("agreements.AgreementVersion", on_delete=models.PROTECT, related_name="+")
    clause = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=40)
    payer = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField()
    cash_fen = models.BigIntegerField()
    why = models.CharField(max_length=300)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seal = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "clause", "decision"], name="penalty_once_a_decision_and_clause"
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0, cash_fen__gte=0, cash_fen__lte=F("amount_fen")),
                name="penalty_sums_possible",
            ),
            models.CheckConstraint(condition=~Q(payer=F("receiver")), name="penalty_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.amount_fen}"


class LetterCall(models.Model):
    """What a bank owes by its letter for a penalty."""

    letter = models.ForeignKey(GuaranteeLetter, on_delete=models.PROTECT, related_name="calls")
    penalty = models.ForeignKey(Penalty, on_delete=models.PROTECT, related_name="calls")
    amount_fen = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "penalty"], name="letter_called_once_a_penalty"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="letter_call_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.amount_fen}"


class PenaltyPaid(models.Model):
    """What was paid of a penalty after it was confirmed: by its payer, or (`call`) by a bank.

    `from_wallet`: kept of a payout; else it is money that came against a bank slip.
    """

    penalty = models.ForeignKey(Penalty, on_delete=models.PROTECT, related_name="paid")
    call = models.ForeignKey(LetterCall, on_delete=models.PROTECT, null=True, related_name="paid")
    from_wallet = models.BooleanField()
    amount_fen = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reference"], name="penalty_paid_of_payout")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["penalty", "call", "reference"], nulls_distinct=False, name="penalty_paid_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="penalty_paid_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.penalty_id}: {self.amount_fen}"


class BondKept(models.Model):
    """What of a payout filled a bond. `reference` is the statement's number."""

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reference"], name="bond_kept_of_payout")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "organisation", "reference"], name="bond_kept_once_a_payout"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="bond_kept_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.amount_fen}"
