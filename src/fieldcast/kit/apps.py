"""The kit as Django sees it: an application for the sake of its one table and its sweep."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """Label `kit`."""

    name = "fieldcast.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"
