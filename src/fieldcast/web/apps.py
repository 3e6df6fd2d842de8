"""The web room as a Django app: its templates, static files and tags."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages for phones and laptops."""

    name = "fieldcast.web"
    label = "web"
