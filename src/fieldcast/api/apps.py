"""The API as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """JSON API v1."""

    name = "fieldcast.api"
    label = "api"
