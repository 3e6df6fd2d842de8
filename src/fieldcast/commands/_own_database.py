"""A database of a command's own, in a directory of its own; both are thrown away when it is done."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fieldcast.config.environment import Environment


@contextmanager
def own_database(*, keep: bool = False) -> "Iterator[Environment]":
    """Have the platform's rooms work on a fresh database; `keep` leaves its directory where it is."""
    from fieldcast.config import environment, provision, setup  # noqa: PLC0415 — help need not wait for these
    from fieldcast.config.temporary import temporary  # noqa: PLC0415

    with temporary(keep=keep) as env:
        os.environ.update(environment.variables(env))
        setup.django(env)
        provision.bring_database_up_to_date()
        yield env
        _let_go()


def _let_go() -> None:
    """The database is about to stop."""
    from django.db import connections  # noqa: PLC0415

    connection: Any = connections["default"]
    connection.close()
    connection.close_pool()
