"""Ways in, in Django's admin: how requests and invitations stand, without what people wrote."""

from typing import ClassVar

from django.contrib import admin

from fieldcast.joining.models import Invitation, JoinRequest
from fieldcast.kit.admin import OnlyToLookAt


@admin.register(JoinRequest)
class JoinRequestAdmin(OnlyToLookAt):
    """Requests, to look at."""

    list_display = ("id", "kind", "person", "goes_to", "state", "asked_at", "due_at")
    list_filter = ("kind", "state")
    list_select_related: ClassVar = ["person", "goes_to"]
    exclude = ("name", "name_hash", "village", "facts")


@admin.register(Invitation)
class InvitationAdmin(OnlyToLookAt):
    """Invitations, to look at."""

    list_display = ("id", "organisation", "role", "tail", "by", "state", "invited_at", "expires_at")
    list_filter = ("state", "role")
    list_select_related: ClassVar = ["organisation", "by"]
    exclude = ("phone", "phone_hash")
