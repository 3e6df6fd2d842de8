"""The agreements room as a Django app."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The agreements room."""

    name = "fieldcast.agreements"
    label = "agreements"
