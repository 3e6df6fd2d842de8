"""The accounts room as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers who may do what when the app is ready."""

    name = "fieldcast.accounts"
    label = "accounts"
    verbose_name = "Accounts"
