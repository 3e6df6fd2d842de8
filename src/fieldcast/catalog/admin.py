"""The catalogue in Django's admin."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.catalog.models import Farm, Lot, LotFile, Plot, Product


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin[Product]):
    """Products and their yield ceilings."""

    list_display = ("code", "name", "category", "unit", "yield_ceiling_per_mu")
    search_fields = ("code", "name", "name_en")
    list_filter = ("category",)


@admin.register(Farm)
class FarmAdmin(admin.ModelAdmin[Farm]):
    """Farms."""

    list_display = ("name", "household", "cooperative", "village")
    search_fields = ("name", "household__name", "household__code")
    list_select_related: ClassVar = ["household", "cooperative", "village"]


@admin.register(Plot)
class PlotAdmin(admin.ModelAdmin[Plot]):
    """Plots."""

    list_display = ("name", "farm", "area_mu")
    search_fields = ("name", "farm__name")
    list_select_related: ClassVar = ["farm"]


@admin.register(Lot)
class LotAdmin(admin.ModelAdmin[Lot]):
    """Lots; what was registered is read-only."""

    list_display = ("code", "product", "harvested_on", "quantity", "state")
    search_fields = ("code",)
    list_filter = ("state",)
    readonly_fields = (
        "code",
        "product",
        "plot",
        "cooperative",
        "quantity",
        "harvested_on",
        "created_by",
        "created_at",
    )
    list_select_related: ClassVar = ["product"]

    def has_delete_permission(self, request: HttpRequest, obj: Lot | None = None) -> bool:
        """Never: it has a history."""
        return False


@admin.register(LotFile)
class LotFileAdmin(admin.ModelAdmin[LotFile]):
    """Photos and papers of lots, to look at: that they are there, never what they show."""

    list_display = ("lot", "kind", "public", "added_at", "withdrawn_at")
    list_filter = ("kind", "public")
    list_select_related: ClassVar = ["lot"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: LotFile | None = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LotFile | None = None) -> bool:
        """Nothing is deleted here."""
        return False
