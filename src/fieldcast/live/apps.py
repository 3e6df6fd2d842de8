"""The live room as a Django app."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """Registers who may run a session when the app is ready."""

    name = "fieldcast.live"
    label = "live"
    verbose_name = "Live"

    def ready(self) -> None:
        """Register the room's permissions, and make known what it tells people."""
        from fieldcast.live import rules, told  # noqa: F401, PLC0415 — models are loaded only now
