"""The trace room as a Django app."""

from django.apps import AppConfig


class TraceConfig(AppConfig):
    """The trace room."""

    name = "fieldcast.trace"
    label = "trace"
