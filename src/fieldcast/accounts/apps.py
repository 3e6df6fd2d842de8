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
        """Register what `check --deploy` asks of a public site, and hear of everyone who signs in."""
        from fieldcast.accounts import sign_in  # noqa: PLC0415 — its models are there only now

        register(public_site, Tags.security, deploy=True)
        sign_in.connect()
