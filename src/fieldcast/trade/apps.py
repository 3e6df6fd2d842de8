"""The trade room as a Django app."""

from django.apps import AppConfig


class TradeConfig(AppConfig):
    """The trade room."""

    name = "fieldcast.trade"
    label = "trade"

    def ready(self) -> None:
        """Tell the rooms when trace stops or resumes a lot's sale."""
        from fieldcast.trace.signals import sale_changed  # noqa: PLC0415 — once the apps are ready
        from fieldcast.trade.operations.stopped import tell_rooms  # noqa: PLC0415

        sale_changed.connect(tell_rooms)
