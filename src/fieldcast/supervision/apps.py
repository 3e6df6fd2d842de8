"""The supervision room as a Django app."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The supervision room."""

    name = "fieldcast.supervision"
    label = "supervision"
