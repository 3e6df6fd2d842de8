"""Tables of settlement."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.settlement.banks.models import BankAccount, PayoutBatch, PayoutOrder, PayoutResult
from fieldcast.settlement.dues.types import Cause
from fieldcast.settlement.early.models import EarlyLine, Reserve
from fieldcast.settlement.funds.models import FundAnswer, FundAsk, FundFloor
from fieldcast.settlement.insurance.models import InsuranceClaim, InsuranceStep, Policy
from fieldcast.settlement.members.types import EntryKind
from fieldcast.settlement.types import PayoutState

__all__ = [
    "BankAccount",
    "Correction",
    "Due",
    "DuePart",
    "EarlyLine",
    "FundAnswer",
    "FundAsk",
    "FundFloor",
    "InsuranceClaim",
    "InsuranceStep",
    "MemberEntry",
    "Payout",
    "PayoutBatch",
    "PayoutOrder",
    "PayoutResult",
    "PeriodSheet",
    "Policy",
    "Reserve",
    "SettledLine",
    "Statement",
    "StatementLine",
]


class PeriodSheet(models.Model):
    """A month of an agreement's version, settled by its clauses of the period. `facts`: what it was worked out from.

    Immutable by trigger.
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    agreement_version = models.ForeignKey(
        "agreements.AgreementVersion", on_delete=models.PROTECT, related_name="+"
    )
    seller_id = models.BigIntegerField()
    month = models.DateField()
    facts = models.JSONField()
    net_fen = models.BigIntegerField()
    settled_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement_version", "month"], name="one_sheet_a_version_and_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="sheet_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_version_id} {self.month}"


class Statement(models.Model):
    """What one party earned from one session in one run, or from a period by its sheet. Immutable by trigger.

    `party` is its name in the ledger.
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    party = models.CharField(max_length=40)
    role = models.CharField(max_length=24)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    session = models.ForeignKey("live.Session", on_delete=models.PROTECT, null=True, related_name="+")
    sheet = models.ForeignKey(PeriodSheet, on_delete=models.PROTECT, null=True, related_name="statements")
    run_key = models.CharField(max_length=40)
    total_fen = models.BigIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["party", "role", "session", "run_key"], name="one_statement_a_party_session_and_run"
            ),
            models.UniqueConstraint(
                fields=["party", "role", "sheet"], name="one_statement_a_party_and_sheet"
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=False, sheet__isnull=True)
                | Q(session__isnull=True, sheet__isnull=False),
                name="statement_of_a_session_or_a_sheet",
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
    """One amount with its clause, formula and inputs; of an order line, or of a sheet. Immutable by trigger."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    order_line = models.ForeignKey("trade.OrderLine", on_delete=models.PROTECT, null=True, related_name="+")
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


class Correction(models.Model):
    """A settled line of which money went back: what it lost, by which refund, decided by whom and why. Immutable."""

    order_line = models.ForeignKey("trade.OrderLine", on_delete=models.PROTECT, related_name="+")
    refund_reference = models.CharField(max_length=24)
    run_key = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    borne_by = models.CharField(max_length=24, blank=True, default="")
    why = models.CharField(max_length=200)
    by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="correction_of_something"),
            models.UniqueConstraint(
                fields=["order_line", "refund_reference"], name="correction_once_a_refund"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_line_id}: {self.amount_fen}"


class Due(models.Model):
    """What one party owes another because no money was there when it should have moved. Immutable by trigger.

    `cause` says what it comes from, `reference` which one of them. In the book it stands as `debt` and `credit`, which
    cancel out. It is paid from the debtor's next payouts, the oldest first; what is paid of it stands in `DuePart`.
    `order_line`: of what was paid early, the line that gives it back when it is settled.
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    seller_id = models.BigIntegerField()  # whose sales it comes from: what was paid out is held against them
    debtor = models.CharField(max_length=40)
    creditor = models.CharField(max_length=40)
    amount_fen = models.BigIntegerField()
    cause = models.CharField(max_length=12)
    reference = models.CharField(max_length=40)
    most_bp = models.PositiveSmallIntegerField()  # of each payout of the debtor
    order_line = models.ForeignKey("trade.OrderLine", on_delete=models.PROTECT, null=True, related_name="+")
    transfer_client_id = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="due_positive"),
            models.CheckConstraint(condition=~Q(debtor=models.F("creditor")), name="due_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(cause__in=[cause.value for cause in Cause]), name="due_cause_known"
            ),
            models.CheckConstraint(
                condition=Q(most_bp__gte=1, most_bp__lte=10_000), name="due_most_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(cause=Cause.EARLY.value, order_line__isnull=False)
                | ~Q(cause=Cause.EARLY.value) & Q(order_line__isnull=True),
                name="due_early_of_a_line",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["debtor"], name="due_of_debtor"),
            models.Index(fields=["creditor"], name="due_of_creditor"),
        ]

    def __str__(self) -> str:
        return f"{self.debtor} → {self.creditor}: {self.amount_fen}"


class DuePart(models.Model):
    """What was paid of a due, with which transfer. Immutable by trigger, which also keeps it from passing the due."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="parts")
    amount_fen = models.BigIntegerField()
    seller_id = models.BigIntegerField()  # whose sales the money comes from
    transfer_client_id = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="due_part_positive"),
            models.UniqueConstraint(fields=["due", "transfer_client_id"], name="due_part_once_a_transfer"),
        ]

    def __str__(self) -> str:
        return f"{self.due_id}: {self.amount_fen}"


class Payout(models.Model):
    """Money leaving a wallet for a bank account: what a statement says, or (`statement` None) what came of dues, what
    is paid early, or once more what the bank returned (`again_of`).
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, null=True, related_name="payout")
    seller_id = models.BigIntegerField(null=True)  # without a statement: whose sales it comes from
    again_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="again")
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


class MemberEntry(models.Model):
    """What a cooperative wrote into the account of a member: a contribution, or a part of the reserve; less than zero
    takes some back. Immutable by trigger.
    """

    cooperative = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    amount_fen = models.BigIntegerField()
    day = models.DateField()
    why = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="member_entry_of_something"),
            models.CheckConstraint(condition=~Q(why=""), name="member_entry_says_why"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in EntryKind]), name="member_entry_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(cooperative=models.F("member")), name="member_entry_of_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.amount_fen} {self.kind}"
