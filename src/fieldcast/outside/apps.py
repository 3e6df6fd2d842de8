"""Orders from outside as a Django app."""

from django.apps import AppConfig


class OutsideConfig(AppConfig):
    """Orders from outside."""

    name = "fieldcast.outside"
    label = "outside"
