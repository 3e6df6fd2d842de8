"""Tables of the catalogue."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from fieldcast.catalog.types import Category, LotState, Unit
from fieldcast.files.types import FileKind


class Product(models.Model):
    """What is grown. The yield ceiling is the most a mu can bear in a season, in lot units."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    category = models.CharField(max_length=12, choices=[(value.value, value.value) for value in Category])
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True, default="")
    unit = models.CharField(max_length=8, choices=[(value.value, value.value) for value in Unit])
    yield_ceiling_per_mu = models.PositiveIntegerField()
    picture = models.CharField(max_length=40, blank=True, default="")
    season_from = models.PositiveSmallIntegerField(default=1)
    season_to = models.PositiveSmallIntegerField(default=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "code"], name="product_code_once_a_county"),
            models.CheckConstraint(
                condition=models.Q(season_from__range=(1, 12), season_to__range=(1, 12)),
                name="product_season_months",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Farm(models.Model):
    """A household's farm, a member of at most one cooperative."""

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="farms")
    cooperative = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="member_farms"
    )
    village = models.ForeignKey("accounts.Village", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.name


class Plot(models.Model):
    """A plot of a farm; area in mu (667 m²)."""

    farm = models.ForeignKey(Farm, on_delete=models.PROTECT, related_name="plots")
    name = models.CharField(max_length=40)
    area_mu = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["farm", "name"], name="plot_name_once_a_farm"),
            models.CheckConstraint(condition=models.Q(area_mu__gt=0), name="plot_area_positive"),
        ]

    def __str__(self) -> str:
        return self.name


class PlotCrop(models.Model):
    """A plot is declared to grow a product. Nothing about it changes but that it ends, once (triggers).

    `declared_by` None: it had grown there before plots were asked.
    """

    plot = models.ForeignKey(Plot, on_delete=models.PROTECT, related_name="crops")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", db_index=False)
    perennial = models.BooleanField()
    declared_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    declared_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plot", "product"], condition=models.Q(ended_at__isnull=True), name="crop_once_a_plot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plot_id}: {self.product_id}"


class Lot(models.Model):
    """A harvested batch. Its quantity never changes: what is lost is written off, in trade's stock.

    `origin`: the lot it was sorted out of, in the end the one that was picked; it is not picked a second time.
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lots")
    plot = models.ForeignKey(Plot, on_delete=models.PROTECT, related_name="lots")
    cooperative = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=20)
    harvested_on = models.DateField()
    quantity = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True, default="")
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    state = models.CharField(max_length=10, default=LotState.OPEN.value)
    created_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "code"], name="lot_code_once_a_county"),
            models.CheckConstraint(condition=models.Q(quantity__gt=0), name="lot_quantity_positive"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["cooperative", "state"]),
            models.Index(fields=["plot", "harvested_on"]),
        ]

    def __str__(self) -> str:
        return self.code


class LotFile(models.Model):
    """A photo or paper of a lot, kept by files. Nothing about it changes but that it is withdrawn, once (triggers).

    `kind` is the file's own, so that the database itself refuses to show a paper to everyone.
    """

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("files.KeptFile", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in FileKind])
    public = models.BooleanField()
    added_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in FileKind]), name="lot_file_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(public=False) | models.Q(kind=FileKind.PHOTO.value),
                name="lot_papers_are_not_public",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="lot_file_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lot_id} {self.kind}"
