"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers who may see and answer an item, and what people are told of it, when the app is ready."""

    name = "fieldcast.desk"
    label = "desk"
    verbose_name = "Desk"

    def ready(self) -> None:
        """Register the room's permissions and messages; people are told of steps as they are taken."""
        from fieldcast.desk import rules, told  # noqa: F401, PLC0415 — models are loaded only now
        from fieldcast.desk.news import step_taken  # noqa: PLC0415 — beside those above

        step_taken.connect(told.tell)
