"""Agreements in Django's admin: to read only."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from fieldcast.agreements.models import Agreement, AgreementVersion


@admin.register(Agreement)
class AgreementAdmin(admin.ModelAdmin[Agreement]):
    """Agreements and their parties."""

    list_display = ("name", "named", "ended_at")
    search_fields = ("name",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Agreement]:
        """With the parties of all that are listed, in one statement."""
        return super().get_queryset(request).prefetch_related("parties__organisation")

    @admin.display(description="parties")
    def named(self, agreement: Agreement) -> str:
        """Who takes part, role by role."""
        return ", ".join(f"{one.role}: {one.organisation}" for one in agreement.parties.all())

    def has_delete_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        """Never: something may have been sold under it."""
        return False


@admin.register(AgreementVersion)
class AgreementVersionAdmin(admin.ModelAdmin[AgreementVersion]):
    """Versions; append-only."""

    list_display = ("agreement", "number", "created_at")
    list_select_related: ClassVar = ["agreement"]

    def has_change_permission(self, request: HttpRequest, obj: AgreementVersion | None = None) -> bool:
        """A change of terms is a new version."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: AgreementVersion | None = None) -> bool:
        """Never."""
        return False
