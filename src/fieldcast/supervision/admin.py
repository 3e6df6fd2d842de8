"""Supervision in Django's admin: to read only."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.supervision.models import BooksMark, SalesReport


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


@admin.register(BooksMark)
class BooksMarkAdmin(admin.ModelAdmin[BooksMark]):
    """Readings of everything that found nothing wrong; append-only."""

    list_display = ("at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A reading writes its own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: BooksMark | None = None) -> bool:
        """A later reading has a mark of its own."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: BooksMark | None = None) -> bool:
        """Never."""
        return False
