"""Trace in Django's admin: to read only."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.trace.models import LotEvent


@admin.register(LotEvent)
class LotEventAdmin(admin.ModelAdmin[LotEvent]):
    """Events; append-only."""

    list_display = ("lot", "sequence", "kind", "at")
    list_filter = ("kind",)
    list_select_related: ClassVar = ["lot"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events are written by what happens, not by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: LotEvent | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LotEvent | None = None) -> bool:
        """Never."""
        return False
