"""Its adapter. It takes the orders of the counties it has a contract with."""

from pathlib import Path

from django.conf import settings

from fieldcast.trade.providers.sandbox.client import SandboxProvider

ADDRESS = "https://pay.example"
CONTRACTS: set[int] = set()


class SecondProvider(SandboxProvider):
    """The same cashier under another name."""

    name = "second"


def from_settings() -> SecondProvider:
    """At its address, with the keys of this home."""
    return SecondProvider(url=ADDRESS, home=Path(settings.HOME))


def takes(*, county_id: int) -> bool:
    """Has the county a contract?"""
    return county_id in CONTRACTS


def checkout_origin() -> str:
    """Where buyers pay."""
    return ADDRESS
