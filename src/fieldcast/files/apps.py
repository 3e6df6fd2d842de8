"""The room of kept files as a Django app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers who may see a file when the app is ready."""

    name = "fieldcast.files"
    label = "files"
    verbose_name = "Files"

    def ready(self) -> None:
        """Register the room's permissions."""
        from fieldcast.files import rules  # noqa: F401, PLC0415 — models are loaded only now
