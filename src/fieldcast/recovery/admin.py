"""Codes in Django's admin, to look at: who made them for whom, and what became of them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.recovery.models import CodeEnd, ResetCode


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


@admin.register(ResetCode)
class ResetCodeAdmin(_OnlyToLookAt):
    """Codes; neither what they say nor the words about the person."""

    list_display = ("id", "person", "by", "centre", "looked_at", "at", "until")
    fields = list_display
    list_filter = ("looked_at",)
    list_select_related: ClassVar = ["person", "by", "centre"]


@admin.register(CodeEnd)
class CodeEndAdmin(_OnlyToLookAt):
    """What ended them."""

    list_display = ("id", "code", "how", "at")
    list_filter = ("how",)
    list_select_related: ClassVar = ["code"]
