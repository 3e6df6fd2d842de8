"""The room of messages as a Django app."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Registers who may read a message when the app is ready."""

    name = "fieldcast.inbox"
    label = "inbox"
    verbose_name = "Messages"

    def ready(self) -> None:
        """Register the room's permissions."""
        from fieldcast.inbox import rules  # noqa: F401, PLC0415 — models are loaded only now
