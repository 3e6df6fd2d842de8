"""Trade in Django's admin: to read only, and without addresses. Orders change through their operations alone."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from fieldcast.trade.models import (
    Carrying,
    ForgedNotice,
    GiveBack,
    LotStock,
    NoticeCount,
    Offer,
    Order,
    Payment,
    PaymentNotice,
    Refund,
    Shipment,
    WriteOff,
)


class ReadOnly(admin.ModelAdmin[Any]):
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(LotStock)
class LotStockAdmin(ReadOnly):
    """Units of lots."""

    list_display = ("lot", "harvested", "on_hand", "allocated", "reserved", "sold", "written_off")
    search_fields = ("lot__code",)
    list_select_related: ClassVar = ["lot"]


@admin.register(Offer)
class OfferAdmin(ReadOnly):
    """Offers."""

    list_display = ("title", "session", "lot", "price_fen", "packs", "held", "sold", "state")
    search_fields = ("title", "lot__code")
    list_select_related: ClassVar = ["session", "lot"]
    list_filter = ("state",)


@admin.register(GiveBack)
class GiveBackAdmin(ReadOnly):
    """What was given back of stopped lots in one go."""

    list_display = ("lot", "orders", "reason", "at", "finished_at")
    list_select_related: ClassVar = ["lot"]


@admin.register(Order)
class OrderAdmin(ReadOnly):
    """Orders, without where they go."""

    list_display = ("number", "session", "seller", "state", "total_fen", "province", "placed_at")
    list_select_related: ClassVar = ["session", "seller"]
    list_filter = ("state",)
    search_fields = ("number",)
    exclude = ("delivery", "idempotency_key", "request_hash")


@admin.register(Payment)
class PaymentAdmin(ReadOnly):
    """Payments."""

    list_display = ("reference", "provider", "amount_fen", "started_at", "paid_at")
    search_fields = ("reference",)


@admin.register(PaymentNotice)
class PaymentNoticeAdmin(ReadOnly):
    """Notices and what became of them."""

    list_display = ("received_at", "provider", "event", "reference", "outcome", "reason")
    list_filter = ("outcome", "event")
    search_fields = ("reference", "notice_id")


@admin.register(ForgedNotice)
class ForgedNoticeAdmin(ReadOnly):
    """Notices that were not believed."""

    list_display = ("received_at", "provider", "reason")
    list_filter = ("provider", "reason")


@admin.register(NoticeCount)
class NoticeCountAdmin(ReadOnly):
    """Notices that were counted and not kept."""

    list_display = ("hour", "provider", "outcome", "reason", "reference", "count", "first_at", "last_at")
    list_filter = ("provider", "outcome", "reason")


@admin.register(Refund)
class RefundAdmin(ReadOnly):
    """Refunds."""

    list_display = ("reference", "order", "amount_fen", "kind", "state", "requested_at", "failure")
    list_select_related: ClassVar = ["order"]
    list_filter = ("state", "kind")
    search_fields = ("reference",)


@admin.register(Carrying)
class CarryingAdmin(ReadOnly):
    """Parcels with their carriers, from packing on."""

    list_display = ("order", "carrier", "state", "changed_at")
    list_select_related: ClassVar = ["order", "carrier"]
    list_filter = ("state",)


@admin.register(Shipment)
class ShipmentAdmin(ReadOnly):
    """Parcels."""

    list_display = ("tracking_number", "carrier", "order", "shipped_at", "delivered_at")
    list_select_related: ClassVar = ["carrier", "order"]
    search_fields = ("tracking_number",)


@admin.register(WriteOff)
class WriteOffAdmin(ReadOnly):
    """Units lost."""

    list_display = ("lot", "units", "reason", "at")
    list_select_related: ClassVar = ["lot"]
