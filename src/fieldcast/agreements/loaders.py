"""Agreements reach a view only through here."""

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.agreements import queries
from fieldcast.agreements.types import VersionView


def load_version(*, by: Actor, version_id: int, perm: str = "agreements.view") -> VersionView:
    """The version, if `by` may do `perm` with it; else `NotFound`."""
    version = queries.version(version_id=version_id)
    require(by, perm, version)
    return version
