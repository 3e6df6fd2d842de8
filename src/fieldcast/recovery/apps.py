"""The room of forgotten passwords as a Django app."""

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """Registers who may help, and what people are told, when the app is ready."""

    name = "fieldcast.recovery"
    label = "recovery"
    verbose_name = "Forgotten passwords"

    def ready(self) -> None:
        """Register the room's permissions and messages."""
        from fieldcast.recovery import rules, told  # noqa: F401, PLC0415 — models are loaded only now
