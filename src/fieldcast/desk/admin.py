"""The desk in Django's admin: what waits, and how it came there."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.desk.models import Item, ItemStep


class _OnlyToLookAt(admin.ModelAdmin[Any]):
    """Rows that are written by what people do."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False


@admin.register(Item)
class ItemAdmin(_OnlyToLookAt):
    """Items, to look at."""

    list_display = ("id", "kind", "subject", "organisation", "role", "person", "due_at", "state")
    list_filter = ("kind", "state")
    list_select_related: ClassVar = ["organisation", "person"]


@admin.register(ItemStep)
class ItemStepAdmin(_OnlyToLookAt):
    """Their steps, to look at."""

    list_display = ("id", "item", "deed", "by", "to", "at", "why")
    list_filter = ("deed",)
    list_select_related: ClassVar = ["item", "by", "to"]
