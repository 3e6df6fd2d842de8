"""The live room in Django's admin: to look at. What was said and shown is evidence, so nothing is changed here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.live.models import Message, Session, SessionSource, TranscriptLine


class LookOnly(admin.ModelAdmin[Any]):
    """Lists and shows; sessions are run in the studio, messages hidden there."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False


@admin.register(Session)
class SessionAdmin(LookOnly):
    """Sessions."""

    list_display = ("title", "host", "cooperative", "state", "starts_at")
    search_fields = ("title",)
    list_filter = ("state",)
    list_select_related: ClassVar = ["host", "cooperative"]
    date_hierarchy = "starts_at"


@admin.register(SessionSource)
class SourceAdmin(LookOnly):
    """What sessions show, and showed from when till when."""

    list_display = ("session", "kind", "key", "from_at", "to_at")
    list_filter = ("kind",)
    list_select_related: ClassVar = ["session"]


@admin.register(Message)
class MessageAdmin(LookOnly):
    """Lines of chat, hidden ones too."""

    list_display = ("at", "kind", "text", "person", "hidden_at")
    list_filter = ("kind",)
    list_select_related: ClassVar = ["person"]


@admin.register(TranscriptLine)
class TranscriptAdmin(LookOnly):
    """What hosts said."""

    list_display = ("at", "text", "source")
