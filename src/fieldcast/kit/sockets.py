"""Plug-ins of one shape: each is a folder in its socket's package, found by looking: adding one is adding a folder."""

import pkgutil
import sys
from functools import cache
from importlib import import_module
from types import ModuleType


def names(package: str) -> tuple[str, ...]:
    """The folders of the package called `package`, in the order of their names."""
    return _folders(tuple(sys.modules[package].__path__))


def load(package: str, name: str) -> ModuleType:
    """The folder `name` of that package, imported. Raises `LookupError` when there is none."""
    if name not in names(package):
        raise LookupError(f"{package} has no {name!r}: there are {', '.join(names(package))}")
    return import_module(f"{package}.{name}")


@cache
def _folders(places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(found.name for found in pkgutil.iter_modules(places) if found.ispkg))
