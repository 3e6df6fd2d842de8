"""The trade room as a Django app."""

from django.apps import AppConfig

from fieldcast.kit import sql


class TradeConfig(AppConfig):
    """The trade room."""

    name = "fieldcast.trade"
    label = "trade"

    def ready(self) -> None:
        """Its functions in the database follow their files."""
        sql.keep_functions(self)
