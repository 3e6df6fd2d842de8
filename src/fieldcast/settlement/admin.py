"""Settlement in Django's admin: to read only."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.settlement.models import Statement


@admin.register(Statement)
class StatementAdmin(admin.ModelAdmin[Statement]):
    """Statements; immutable."""

    list_display = ("number", "party", "role", "session", "total_fen", "issued_at")
    search_fields = ("number", "party")
    list_filter = ("role",)
    list_select_related: ClassVar = ["session"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Settlement issues them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        """A correction is a new statement."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        """Never."""
        return False
