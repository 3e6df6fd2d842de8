"""Kept files in Django's admin: that they are there, never what they show or where they were taken."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.files.models import KeptFile


@admin.register(KeptFile)
class KeptFileAdmin(admin.ModelAdmin[Any]):
    """Files, to look at: they are handed in and end by themselves."""

    list_display = ("id", "kind", "size", "retention", "handed_in_at", "keep_until", "ended_at")
    list_filter = ("kind", "retention")
    fields = (*list_display, "county", "organisation", "width", "height", "sha256")
    list_select_related: ClassVar = ["county"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False
