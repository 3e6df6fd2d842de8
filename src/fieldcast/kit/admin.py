"""What rooms share of Django's admin. Nothing of the kit itself is shown there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class OnlyToLookAt(admin.ModelAdmin[Any]):
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
