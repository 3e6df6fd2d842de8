"""Tables of votes. All of them are only ever added to, by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class MembersRule(models.Model):
    """Whether a cooperative puts terms to its members before it agrees to them. The newest row holds."""

    cooperative = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    votes_first = models.BooleanField()
    why = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.cooperative_id}: {self.votes_first}"


class Ballot(models.Model):
    """A vote that was called: on a version of an agreement, or on a question alone."""

    cooperative = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        "agreements.AgreementVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    question = models.CharField(max_length=200)
    weighty = models.BooleanField(default=False)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("at")), name="ballot_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return self.question


class BallotVoter(models.Model):
    """A household on the roll of a vote, with its votes: one, and what the members gave it besides."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="roll", db_index=False)
    household = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    votes = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "household"], name="one_place_on_the_roll"),
            models.CheckConstraint(condition=Q(votes__gte=1), name="everyone_has_a_vote"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.household_id} × {self.votes}"


class BallotCast(models.Model):
    """What a household said. Its newest row counts. `minutes`: the cooperative wrote it down, from these minutes."""

    voter = models.ForeignKey(BallotVoter, on_delete=models.PROTECT, related_name="said")
    choice = models.CharField(max_length=8)
    minutes = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(choice__in=["yes", "no", "abstain"]), name="ballot_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id}: {self.choice}"


class BallotWithdrawal(models.Model):
    """A vote was called off, once."""

    ballot = models.OneToOneField(
        Ballot, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    why = models.CharField(max_length=200)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.why}"


class BallotEnd(models.Model):
    """A vote is over: how it came out, written once, and told to everyone who was asked."""

    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, primary_key=True, related_name="end")
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=["passed", "rejected", "too_few"]), name="ballot_came_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.outcome}"
