"""Supervision in Django's admin: to read only."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.supervision.models import SalesReport


@admin.register(SalesReport)
class SalesReportAdmin(admin.ModelAdmin[SalesReport]):
    """Hosts' reports; append-only."""

    list_display = ("session", "packs", "amount_fen", "at")
    list_select_related: ClassVar = ["session"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Hosts report for themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: SalesReport | None = None) -> bool:
        """A later report stands beside the earlier one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SalesReport | None = None) -> bool:
        """Never."""
        return False
