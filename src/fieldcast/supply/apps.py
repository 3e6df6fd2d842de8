"""The supply room as a Django app."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    """The supply room."""

    name = "fieldcast.supply"
    label = "supply"
