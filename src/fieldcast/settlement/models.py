"""Tables of settlement."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.settlement.types import PayoutState


class Statement(models.Model):
    """What one party earned from one session in one run. `party` is its name in the ledger. Immutable by trigger."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    party = models.CharField(max_length=40)
    role = models.CharField(max_length=16)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    session = models.ForeignKey("live.Session", on_delete=models.PROTECT, related_name="+")
    run_key = models.CharField(max_length=40)
    total_fen = models.BigIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "role", "session", "run_key"], name="one_statement_a_party_session_and_run"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-issued_at"]),
            models.Index(fields=["county", "-issued_at"], name="statement_of_county"),
            models.Index(fields=["session"]),
        ]

    def __str__(self) -> str:
        return self.number


class SettledLine(models.Model):
    """An order line that has been settled: the primary key makes it once."""

    order_line = models.OneToOneField(
        "trade.OrderLine", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    run_key = models.CharField(max_length=40)
    net_fen = models.BigIntegerField()
    settled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.order_line_id}"


class StatementLine(models.Model):
    """One amount with its clause, formula and inputs. Immutable by trigger."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey("trade.OrderLine", on_delete=models.PROTECT, related_name="+")
    agreement_version = models.ForeignKey(
        "agreements.AgreementVersion", on_delete=models.PROTECT, related_name="+"
    )
    clause = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    formula = models.CharField(max_length=40)
    inputs = models.JSONField()
    amount_fen = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["order_line"])]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.amount_fen}"


class Payout(models.Model):
    """Money leaving a wallet for a bank account."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="payout")
    party = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    transfer_client_id = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10)
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payout_positive"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in PayoutState]), name="payout_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.amount_fen}"
