"""The registry of payment providers: one folder each, of one shape, reached by name.

A folder holds `client.py` with what `interface.Client` says: the adapter, whose orders it takes, and where buyers pay.
A new provider copies a neighbour and adds one line here. Importing this package loads no provider and no Django,
because a provider's own server may live beside its adapter.
"""

from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from fieldcast.trade.providers.interface import Client, Provider

# Asked in this order whose orders they take; the last takes what none before it does.
CLIENTS = {"sandbox": "fieldcast.trade.providers.sandbox.client"}


def get_provider(name: str) -> "Provider":
    """The provider called `name` (as payments and notice addresses store it), configured by Django's
    settings.

    Raises `UnknownProvider` when no provider of that name is installed.
    """
    if name not in CLIENTS:
        from fieldcast.trade.providers.errors import UnknownProvider  # noqa: PLC0415 — errors speak through Django

        raise UnknownProvider(name=name)
    return _client(name).from_settings()


def provider_for(*, county_id: int) -> str:
    """The name of the provider with which new payments of a county's orders begin.

    A payment that has begun stays with its own.
    """
    *before, last = CLIENTS
    return next((name for name in before if _client(name).takes(county_id=county_id)), last)


def checkout_origins() -> tuple[str, ...]:
    """Where buyers' browsers are sent to pay, for all that are installed: no form of ours may lead anywhere else."""
    return tuple(dict.fromkeys(_client(name).checkout_origin() for name in CLIENTS))


def _client(name: str) -> "Client":
    return cast("Client", import_module(CLIENTS[name]))
