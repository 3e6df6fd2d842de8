"""The desk in Django's admin: what waits, and how it came there."""

from typing import ClassVar

from django.contrib import admin

from fieldcast.desk.models import Item, ItemStep
from fieldcast.kit.admin import OnlyToLookAt


@admin.register(Item)
class ItemAdmin(OnlyToLookAt):
    """Items, to look at."""

    list_display = ("id", "kind", "subject", "organisation", "role", "person", "due_at", "state")
    list_filter = ("kind", "state")
    list_select_related: ClassVar = ["organisation", "person"]


@admin.register(ItemStep)
class ItemStepAdmin(OnlyToLookAt):
    """Their steps, to look at."""

    list_display = ("id", "item", "deed", "by", "to", "at", "why")
    list_filter = ("deed",)
    list_select_related: ClassVar = ["item", "by", "to"]
