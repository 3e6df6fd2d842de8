"""The book in the admin: everything to see, nothing to change."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from fieldcast.ledger.models import Account, Hold, Posting, Transfer
from fieldcast.ledger.queries import with_balance


class ReadOnly:
    """The book is written by operations alone."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes."""
        return False


class Postings(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]  # generic for the type checker alone
    """The sides of a transfer."""

    model = Posting
    fields = ("account", "amount_fen")


@admin.register(Account)
class AccountAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic for the type checker alone
    """Accounts and what is on them."""

    list_display = ("party", "purpose", "now_fen", "held_fen", "county_id")
    list_filter = ("purpose",)
    search_fields: ClassVar = ("party",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Account]:
        """Each with its balance, kept or summed."""
        return with_balance()

    @admin.display(ordering="now_fen")
    def now_fen(self, account: Account) -> int:
        """The balance now, in fen."""
        return int(account.now_fen)  # type: ignore[attr-defined]  # annotated by `with_balance`


@admin.register(Transfer)
class TransferAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic for the type checker alone
    """Transfers with their postings."""

    list_display = ("client_id", "kind", "reference", "memo", "created_at")
    list_filter = ("kind",)
    search_fields: ClassVar = ("client_id", "reference")
    inlines = (Postings,)


@admin.register(Hold)
class HoldAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic for the type checker alone
    """Money set aside."""

    list_display = ("client_id", "account", "amount_fen", "reason", "created_at", "released_at")
    search_fields: ClassVar = ("client_id",)
