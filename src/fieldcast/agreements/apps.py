"""The agreements room as a Django app."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """The agreements room."""

    name = "fieldcast.agreements"
    label = "agreements"

    def ready(self) -> None:
        """Make known what the room tells people."""
        from fieldcast.agreements import told  # noqa: F401, PLC0415 — once the apps are ready
        from fieldcast.agreements.bonds import told as told_of_bonds  # noqa: F401, PLC0415
