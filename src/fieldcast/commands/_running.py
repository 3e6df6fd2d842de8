"""How `up` and `demo` run the platform in the foreground, and what they do before and after."""

import shutil
from collections.abc import Callable
from typing import Any

import typer

from fieldcast.config import database, messages, provision, setup
from fieldcast.config.environment import Environment
from fieldcast.config.runner import Platform, until_told_to_stop

MADE_BY_THE_DEMO = ("media", "sandbox")  # beside the database; secrets and logs stay


def run(env: Environment, *, prepare: Callable[[], None], announce: Callable[[], None]) -> None:
    """Run the platform until told to stop, printing its address once it answers."""

    def ready(platform: Platform) -> None:
        prepare()
        _leave_the_database()

    with until_told_to_stop(), Platform(environment=env, prepare=ready) as platform:
        from django.utils.translation import gettext  # noqa: PLC0415 — Django is ready only now

        announce()
        _leave_the_database()
        typer.echo(gettext("Open %(url)s in a browser. Ctrl+C stops everything.") % {"url": env.public_url})
        platform.wait()


def bring_up_to_date(env: Environment, *, compress: bool = True) -> None:
    """Set up Django in this process, then whatever changed since the last start."""
    messages.compile_stale()
    setup.django(env)
    provision.prepare(compress=compress, say=typer.echo)


def say_what_is_missing() -> None:
    """Where there is no county yet, say how one is made: until then the pages have nothing to show."""
    from django.utils.translation import gettext  # noqa: PLC0415 — Django is ready only now

    from fieldcast.accounts import queries as accounts  # noqa: PLC0415

    if accounts.default_county() is None:
        typer.echo(
            gettext("There is no county here yet. Make one with `fieldcast init`, in another terminal.")
        )


def throw_away(env: Environment) -> None:
    """Delete the database and the files that go with it. Raises `NotEmbedded` for a database that is not ours."""
    database.discard(env)
    for name in MADE_BY_THE_DEMO:
        shutil.rmtree(env.home / name, ignore_errors=True)


def _leave_the_database() -> None:
    """The servers have connections of their own; this process needs none while it waits."""
    from django.db import connections  # noqa: PLC0415

    connection: Any = connections["default"]  # PostgreSQL's own kind, which has a pool
    connection.close()
    connection.close_pool()
