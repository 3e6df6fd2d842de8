"""The market room as a Django app."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """The market room."""

    name = "fieldcast.market"
    label = "market"
