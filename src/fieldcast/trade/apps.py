"""The trade room as a Django app."""

from django.apps import AppConfig


class TradeConfig(AppConfig):
    """The trade room."""

    name = "fieldcast.trade"
    label = "trade"
