"""What must be true before the first page: translations compiled, a reachable database of the right age, migrated,
and the static files in place. Every step does nothing when nothing changed, so it runs at every start.

Run as `python -m fieldcast.config.provision` by a runner that has no Django of its own.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

OLDEST_SERVER = 15
ANSWER_SECONDS = 5
MIGRATION_LOCK = 0x6669656C64  # "field": two starters migrate one after the other


class DatabaseNotReached(Problem):
    """The database that was named does not answer."""

    code = "database_not_reached"
    status = 503
    sentence = _("The database at %(where)s cannot be reached: %(reason)s.")
    next_step = _("Check that it runs and that FIELDCAST_DATABASE_URL is right, then start again.")


class DatabaseTooOld(Problem):
    """Constraints and queries here need a newer PostgreSQL."""

    code = "database_too_old"
    status = 503
    sentence = _("The database is PostgreSQL %(found)s; at least %(wanted)s is needed.")
    next_step = _("Upgrade it, or unset FIELDCAST_DATABASE_URL to use the embedded one.")


def prepare(*, compress: bool, say: Callable[[str], None] = lambda line: None) -> None:
    """Make everything ready for the settings loaded in this process, telling `say` before each longer step.

    Raises `DatabaseNotReached`, `DatabaseTooOld` or `WrongFieldKey`.
    """
    from fieldcast.config import static  # noqa: PLC0415 — it reads the settings

    bring_database_up_to_date(say=say)
    if static.collect(compress=compress):
        say(gettext("Pages' scripts and styles are in place."))


def bring_database_up_to_date(*, say: Callable[[str], None] = lambda line: None) -> bool:
    """As the tables' owner, apply what is pending and lay down what the platform may do. True when it migrated.

    Raises as `prepare` does.
    """
    from django.conf import settings  # noqa: PLC0415

    from fieldcast.config import privileges  # noqa: PLC0415

    platform = _reach().user  # who must be able to come in too
    with as_owner():
        pending = pending_migrations()
        check_field_key()
        if pending:
            say(gettext("Preparing the database …"))
            migrate()
        seal_field_key()
        if settings.DATABASE_OWNER_URL and not settings.DATABASE_OWNS_ITS_TABLES:
            with _alone():
                privileges.lay(role=platform)
    return pending


@contextlib.contextmanager
def as_owner() -> Iterator[None]:
    """Within the block this process's database connection is the owner's, where one is named.

    At the start of a process, before anything else asks the database.
    """
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from fieldcast.config.database import parts  # noqa: PLC0415

    owner = settings.DATABASE_OWNER_URL
    if not owner or settings.DATABASE_OWNS_ITS_TABLES:
        yield
        return
    kept = dict(connection.settings_dict)
    _let_go()
    connection.settings_dict.update(parts(owner))
    try:
        yield
    finally:
        _let_go()
        connection.settings_dict.update({name: kept[name] for name in parts(owner)})


def _let_go() -> None:
    from django.db import connections  # noqa: PLC0415

    connection: Any = connections["default"]  # PostgreSQL's own kind, which has a pool
    connection.close()
    connection.close_pool()


def pending_migrations() -> bool:
    """True when the database lacks a migration this version has, or has a function otherwise than its file says.

    Raises as `prepare` does.
    """
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from fieldcast.kit import sql  # noqa: PLC0415

    version = _reach().version // 10_000
    if version < OLDEST_SERVER:
        raise DatabaseTooOld(found=version, wanted=OLDEST_SERVER)
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()) or sql.differing_functions())


def check_field_key() -> None:
    """Refuse a field key that is not the one this database was written with, before anything is written with it.

    A key that was made anew because the old one was lost does not stay. Raises `WrongFieldKey`.
    """
    from fieldcast.accounts import seal  # noqa: PLC0415
    from fieldcast.config import environment, settings  # noqa: PLC0415

    try:
        seal.check()
    except seal.WrongFieldKey:
        environment.forget_field_key(settings.ENV)
        raise


def seal_field_key() -> None:
    """Seal a database that is not sealed yet, and keep the key it was sealed with."""
    from django.utils import timezone  # noqa: PLC0415

    from fieldcast.accounts import seal  # noqa: PLC0415
    from fieldcast.config import environment, settings  # noqa: PLC0415

    seal.seal(now=timezone.now())
    environment.keep_field_key(settings.ENV)


@dataclass(frozen=True)
class _Reached:
    """The server's version as it counts, 180000 for 18.0, and whom it takes us for."""

    version: int
    user: str


def _reach() -> _Reached:
    """Come in once, directly: the pool would go on trying for long."""
    import psycopg  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    named = connection.settings_dict
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parameters = {key: named[name] for key, name in keys.items() if named[name]}
    try:
        with psycopg.connect(**parameters, connect_timeout=ANSWER_SECONDS) as direct:
            return _Reached(version=direct.info.server_version, user=direct.info.user)
    except psycopg.OperationalError as error:
        where = f"{named['HOST'] or 'localhost'}:{named['PORT'] or 5432}/{named['NAME']}"
        reason = str(error).split("\n", 1)[0].rstrip(".")
        raise DatabaseNotReached(where=where, reason=reason) from error


def migrate() -> None:
    """Apply the pending migrations, alone: whoever else starts now waits and then finds nothing to do."""
    from django.core.management import call_command  # noqa: PLC0415

    with _alone():
        call_command("migrate", interactive=False, verbosity=0)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def main() -> None:
    """Prepare what the environment names, without compressing: for servers that only this machine asks."""
    from fieldcast.config import messages, setup  # noqa: PLC0415

    messages.compile_stale()
    setup.django()
    prepare(compress=False)


if __name__ == "__main__":
    main()
