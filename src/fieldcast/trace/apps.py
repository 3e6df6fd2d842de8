"""The trace room as a Django app."""

from django.apps import AppConfig


class TraceConfig(AppConfig):
    """The trace room."""

    name = "fieldcast.trace"
    label = "trace"

    def ready(self) -> None:
        """Make known what the room tells people."""
        from fieldcast.trace import told  # noqa: F401, PLC0415 — once the apps are ready
