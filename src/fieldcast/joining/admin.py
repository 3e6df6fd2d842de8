"""Ways in, in Django's admin: how requests and invitations stand, without what people wrote."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.joining.models import Invitation, JoinRequest


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


@admin.register(JoinRequest)
class JoinRequestAdmin(_OnlyToLookAt):
    """Requests, to look at."""

    list_display = ("id", "kind", "person", "goes_to", "state", "asked_at", "due_at")
    list_filter = ("kind", "state")
    list_select_related: ClassVar = ["person", "goes_to"]
    exclude = ("name", "name_hash", "village", "facts")


@admin.register(Invitation)
class InvitationAdmin(_OnlyToLookAt):
    """Invitations, to look at."""

    list_display = ("id", "organisation", "role", "tail", "by", "state", "invited_at", "expires_at")
    list_filter = ("state", "role")
    list_select_related: ClassVar = ["organisation", "by"]
    exclude = ("phone", "phone_hash")
