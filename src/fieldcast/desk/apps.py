"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers who may see and answer an item when the app is ready."""

    name = "fieldcast.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Register the room's permissions."""
        from fieldcast.desk import rules  # noqa: F401, PLC0415 — models are loaded only now
