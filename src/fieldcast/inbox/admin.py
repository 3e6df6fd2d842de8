"""Messages in Django's admin: that they were sent and read, by kind; what they say is their reader's."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.inbox.models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin[Any]):
    """Messages, to look at: they are sent by what happens and end by themselves."""

    list_display = ("id", "kind", "county", "created_at", "due", "read_at")
    list_filter = ("kind",)
    fields = list_display
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
