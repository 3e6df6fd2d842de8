"""Codes in Django's admin, to look at: who made them for whom, and what became of them."""

from typing import ClassVar

from django.contrib import admin

from fieldcast.kit.admin import OnlyToLookAt
from fieldcast.recovery.models import CodeEnd, ResetCode


@admin.register(ResetCode)
class ResetCodeAdmin(OnlyToLookAt):
    """Codes; neither what they say nor the words about the person."""

    list_display = ("id", "person", "by", "centre", "looked_at", "at", "until")
    fields = list_display
    list_filter = ("looked_at",)
    list_select_related: ClassVar = ["person", "by", "centre"]


@admin.register(CodeEnd)
class CodeEndAdmin(OnlyToLookAt):
    """What ended them."""

    list_display = ("id", "code", "how", "at")
    list_filter = ("how",)
    list_select_related: ClassVar = ["code"]
