"""Tables of the long chain. Both are only ever added to, by trigger."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LongChain(models.Model):
    """The chain of a product, written down on a day. Fen of every stage are of `units` units. The newest row holds."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalog.Product", on_delete=models.PROTECT, related_name="+")
    units = models.PositiveIntegerField()
    consumer_fen = models.BigIntegerField(null=True)
    consumer_source = models.CharField(max_length=200, blank=True, default="")
    consumer_day = models.DateField(null=True)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(units__gte=1), name="chain_of_some_units"),
            models.CheckConstraint(
                condition=Q(consumer_fen__isnull=True) | Q(consumer_fen__gt=0, consumer_day__isnull=False),
                name="chain_consumer_pays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.at:%Y-%m-%d}"


class ChainStage(models.Model):
    """A stage of a chain, in order from 1. Fen, or basis points on top of what it paid; neither is a gap."""

    chain = models.ForeignKey(LongChain, on_delete=models.PROTECT, related_name="stages", db_index=False)
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    fen = models.BigIntegerField(null=True)
    added_bp = models.PositiveIntegerField(null=True)
    source = models.CharField(max_length=200, blank=True, default="")
    day = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "place"], name="one_stage_a_place"),
            models.CheckConstraint(
                condition=Q(fen__isnull=True, added_bp__isnull=True)
                | (
                    (Q(fen__gte=0, added_bp__isnull=True) | Q(fen__isnull=True, added_bp__gte=0))
                    & Q(day__isnull=False)
                    & ~Q(source="")
                ),
                name="stage_says_one_figure_and_whence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.place}: {self.name}"
