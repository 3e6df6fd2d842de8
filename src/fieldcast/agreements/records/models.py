"""Tables of what is recorded under an agreement. All of them are only ever added to, by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from fieldcast.agreements.records.types import Asset


class Record(models.Model):
    """Who wrote down what, when, under which agreement."""

    agreement = models.ForeignKey("agreements.Agreement", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False, null=True
    )
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Acceptance(Record):
    """Units of a lot that were accepted on a day; less than zero takes some back. `why` where it does."""

    lot = models.ForeignKey("catalog.Lot", on_delete=models.PROTECT, related_name="+")
    units = models.BigIntegerField()
    day = models.DateField()
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(units=0), name="acceptance_of_something"),
            models.CheckConstraint(condition=Q(units__gt=0) | ~Q(why=""), name="acceptance_back_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id}: {self.units}"


class ServiceAct(Record):
    """A service that `server` did for `served`: counts once `served` has confirmed it."""

    server = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    served = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    points = models.PositiveIntegerField()
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=1000), name="service_has_points"),
            models.CheckConstraint(condition=~Q(server=models.F("served")), name="nobody_serves_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.server_id} → {self.served_id}: {self.points}"


class ServiceConfirmation(models.Model):
    """The one who was served says that it was so."""

    act = models.OneToOneField(
        ServiceAct, on_delete=models.PROTECT, primary_key=True, related_name="confirmation"
    )
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act_id}"


class Holding(Record):
    """Shares of an asset that a holder has from `since` on, the first day of a month; the newest row holds."""

    holder = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    asset = models.CharField(max_length=12)
    shares = models.PositiveIntegerField()
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(asset__in=[asset.value for asset in Asset]), name="holding_asset_known"
            ),
            models.CheckConstraint(condition=Q(since__day=1), name="holding_since_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.holder_id}: {self.shares} {self.asset}"


class GradeWeight(Record):
    """What an accepted unit of a grade counts as performance from `since` on; 1 where nothing is said."""

    grade = models.CharField(max_length=20)
    weight = models.PositiveIntegerField()
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(since__day=1), name="grade_weight_since_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.grade}: {self.weight}"


class ForceMajeure(Record):
    """The county accepts that something beyond anybody's power kept an agreement from being met in a month."""

    month = models.DateField()
    why = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "month"], name="force_majeure_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="force_majeure_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.month}"


class Salvage(Record):
    """What accepted and unsold goods still brought, on a day."""

    amount_fen = models.BigIntegerField()
    day = models.DateField()
    what = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="salvage_brought_something"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.amount_fen}"
