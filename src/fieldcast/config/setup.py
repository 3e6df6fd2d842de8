"""Django made ready in this process: for commands, and for scripts that ask the rooms directly."""

import os

from fieldcast.config import database, environment
from fieldcast.config.environment import Environment

SETTINGS = "fieldcast.config.settings"


def django(env: Environment | None = None, *, with_database: bool = True) -> Environment:
    """Start the database if need be, load the settings for `env` (default: what the environment says), set up Django.

    Settings are loaded once a process, so the first call decides. Without the database nothing may be asked of it.
    Raises `DatabaseDidNotStart`.
    """
    chosen = env or environment.read()
    os.environ.update(environment.variables(chosen))
    if with_database:
        database.ensure(chosen)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django as framework  # noqa: PLC0415 — commands that need no database should not wait for it

    framework.setup()
    return chosen
