"""The accounts room as a Django app."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from fieldcast.accounts.checks import public_site


class AccountsConfig(AppConfig):
    """People, organisations, and what a public site must not have."""

    name = "fieldcast.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Register what `check --deploy` asks of a public site."""
        register(public_site, Tags.security, deploy=True)
