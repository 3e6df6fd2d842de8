"""Tables of agreements."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from fieldcast.agreements.bonds.models import BondKept, GuaranteeLetter, LetterCall, Penalty, PenaltyPaid
from fieldcast.agreements.chain.models import ChainStage, LongChain
from fieldcast.agreements.cover.models import Backing, Draw, Fund, MoneyReceived
from fieldcast.agreements.records.models import (
    Acceptance,
    ForceMajeure,
    GradeWeight,
    Holding,
    Salvage,
    ServiceAct,
    ServiceConfirmation,
)
from fieldcast.agreements.together.models import AloneFigure
from fieldcast.agreements.votes.models import (
    Ballot,
    BallotCast,
    BallotEnd,
    BallotVoter,
    BallotWithdrawal,
    MembersRule,
)

__all__ = [
    "Acceptance",
    "AcceptedConcern",
    "Agreement",
    "AgreementParty",
    "AgreementVersion",
    "AloneFigure",
    "Backing",
    "Ballot",
    "BallotCast",
    "BallotEnd",
    "BallotVoter",
    "BallotWithdrawal",
    "BondKept",
    "ChainStage",
    "CommissionCeiling",
    "Consent",
    "Draw",
    "ForceMajeure",
    "Fund",
    "GradeWeight",
    "GuaranteeLetter",
    "Holding",
    "LetterCall",
    "LongChain",
    "MembersRule",
    "MoneyReceived",
    "Notice",
    "Penalty",
    "PenaltyPaid",
    "Salvage",
    "ServiceAct",
    "ServiceConfirmation",
]


class Agreement(models.Model):
    """An agreement between a cooperative (for its member households), a host, a carrier and others, on the platform."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class AgreementParty(models.Model):
    """Who takes a role in an agreement, written with it. Immutable by trigger; nobody joins once there are terms."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties", db_index=False)
    role = models.CharField(max_length=24)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "role"], name="one_party_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.role}: {self.organisation_id}"


class AgreementVersion(models.Model):
    """The terms at one time; append-only by trigger. A change of terms is a new version."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    terms = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True, default="")
    created_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_once"),
            models.UniqueConstraint(fields=["sha256"], name="agreement_version_hash_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} v{self.number}"


class CommissionCeiling(models.Model):
    """The most that a county lets the platform take of sales, as it published it. The newest row holds."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    ceiling_bp = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ceiling_bp__lte=10_000), name="ceiling_is_a_part"),
        ]

    def __str__(self) -> str:
        return f"{self.county_id}: {self.ceiling_bp}"


class Consent(models.Model):
    """A party's agreement to a version: who pressed the button, for whom, when. Append-only.

    By a sheet that was signed on paper `person` is whoever of the cooperative entered it, `sheet` its picture.
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="consents")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField("files.KeptFile", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "organisation"], name="one_consent_a_party_and_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.organisation_id}"


class AcceptedConcern(models.Model):
    """What a party accepted in so many words when it agreed: the clause, why, and the sentence as it was read.

    Append-only; who and when are the consent's.
    """

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="accepted", db_index=False)
    clause = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=16)
    sentence = models.CharField(max_length=600)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consent", "clause", "why"], name="concern_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.consent_id}: {self.clause} {self.why}"


class Notice(models.Model):
    """A party says that an agreement ends: `ends_on` is the last day it holds. Append-only; the earliest counts."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="notices", db_index=False)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    ends_on = models.DateField()
    why = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="notice_once_a_party"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.organisation_id} {self.ends_on}"
