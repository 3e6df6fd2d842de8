"""The settlement room as a Django app."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    """The settlement room."""

    name = "fieldcast.settlement"
    label = "settlement"
