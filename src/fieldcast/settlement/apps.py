"""The settlement room as a Django app."""

from django.apps import AppConfig


class SettlementConfig(AppConfig):
    """The settlement room."""

    name = "fieldcast.settlement"
    label = "settlement"

    def ready(self) -> None:
        """Make known what the room tells people."""
        from fieldcast.settlement import told  # noqa: F401, PLC0415 — once the apps are ready
