"""The trade room as a Django app."""

from django.apps import AppConfig

from fieldcast.kit import sql


class TradeConfig(AppConfig):
    """The trade room."""

    name = "fieldcast.trade"
    label = "trade"

    def ready(self) -> None:
        """Its functions in the database follow their files; rooms are told when trace stops or resumes a lot's sale."""
        from fieldcast.trace.signals import sale_changed  # noqa: PLC0415 — once the apps are ready
        from fieldcast.trade.offers.stopped import tell_rooms  # noqa: PLC0415 — once the apps are ready

        sql.keep_functions(self)

        sale_changed.connect(tell_rooms)
