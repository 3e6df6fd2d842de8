"""The room of ways in as a Django app."""

from django.apps import AppConfig


class JoiningConfig(AppConfig):
    """Registers who may see and answer a request, what people are told, and hears of everyone who signs in."""

    name = "fieldcast.joining"
    label = "joining"
    verbose_name = "Ways in"

    def ready(self) -> None:
        """Register the room's permissions and messages; who signs in is told of invitations that wait for them."""
        from fieldcast.joining import rules  # noqa: F401, PLC0415 — models are loaded only now
        from fieldcast.joining.invitations import told  # noqa: PLC0415 — the same
        from fieldcast.joining.requests import told as _told  # noqa: F401, PLC0415 — the same

        told.connect()
