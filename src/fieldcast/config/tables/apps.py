"""The admin as a Django app, with our site in it."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig


class TablesConfig(AdminConfig):
    """Registers what the rooms have to show, then says in two languages what it is called."""

    default = False
    default_site = "fieldcast.config.tables.site.Tables"

    def ready(self) -> None:
        """After the rooms have registered their tables."""
        super().ready()
        from fieldcast.config.tables import names  # noqa: PLC0415 — the tables are there only now

        names.give(admin.site)
