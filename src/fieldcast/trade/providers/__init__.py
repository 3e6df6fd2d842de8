"""Payment providers: one folder each, of one shape, reached by name.

A folder holds `client.py` with `from_settings() -> Provider`; a new provider copies a neighbour and adds one
line here. Importing this package loads no provider and no Django, because a provider's own server may live
beside its adapter.
"""

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from fieldcast.trade.providers.interface import Provider

CLIENTS = {"sandbox": "fieldcast.trade.providers.sandbox.client"}


def get_provider(name: str) -> "Provider":
    """The provider called `name` (as payments and notice addresses store it), configured by Django's
    settings.

    Raises `UnknownProvider` when no provider of that name is installed.
    """
    if name not in CLIENTS:
        from fieldcast.trade.providers.errors import UnknownProvider  # noqa: PLC0415 — errors speak through Django

        raise UnknownProvider(name=name)
    return cast("Provider", import_module(CLIENTS[name]).from_settings())
