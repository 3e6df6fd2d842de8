"""Tables of quality insurance. All of them are only ever added to, by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from fieldcast.kit.history import Done
from fieldcast.settlement.insurance.types import ClaimState


class Policy(Done):
    """A policy as it stands on paper. `products`, `lots`: codes; both empty where it covers everything."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    insurer = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    fund = models.ForeignKey("agreements.Fund", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    from_day = models.DateField()
    to_day = models.DateField()
    products = models.JSONField()
    lots = models.JSONField()
    per_unit_fen = models.BigIntegerField()
    per_claim_fen = models.BigIntegerField()
    premium_fen = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["insurer", "number"], name="policy_number_once_an_insurer"),
            models.CheckConstraint(
                condition=Q(to_day__gte=F("from_day")), name="policy_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(per_unit_fen__gt=0, per_claim_fen__gt=0, premium_fen__gte=0),
                name="policy_covers_something",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class InsuranceClaim(Done):
    """What is asked of an insurer for one refund of one line. `decision_hash`: of what was decided, as in its file."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="claims")
    order_line = models.ForeignKey("trade.OrderLine", on_delete=models.PROTECT, related_name="+")
    refund_reference = models.CharField(max_length=24)
    amount_fen = models.BigIntegerField()
    decision_hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order_line", "refund_reference"], name="refund_claimed_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="insurance_claim_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.amount_fen}"


class InsuranceStep(Done):
    """A claim was sent, paid (with the bank slip) or refused (with the reason)."""

    claim = models.ForeignKey(InsuranceClaim, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=8)
    amount_fen = models.BigIntegerField(default=0)
    slip = models.CharField(max_length=40, blank=True, default="")
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "state"], name="insurance_step_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=[ClaimState.PAID.value, ClaimState.REFUSED.value]),
                name="insurance_claim_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.PAID.value, amount_fen__gt=0)
                | Q(state__in=[ClaimState.SENT.value, ClaimState.REFUSED.value], amount_fen=0),
                name="insurance_step_of_a_known_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.state}"
