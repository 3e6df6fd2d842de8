"""The platform is a database user who owns nothing, and what serves is not told how to become another."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from fieldcast.config import database
from fieldcast.config.environment import Environment
from fieldcast.config.runner import Platform
from fieldcast.config.temporary import temporary
from tests import ground

NAMED = "postgresql://county:x@db.example.org/county"
OWNER = "postgresql://county_owner:x@db.example.org/county"


@pytest.fixture(scope="module")
def env() -> Iterator[Environment]:
    with temporary() as env, ground.under(env.home):
        yield env


def test_the_embedded_server_has_an_owner_and_a_user_who_owns_nothing(env: Environment) -> None:
    with psycopg.connect(database.uri(env)) as connection:
        assert connection.info.user == database.PLATFORM_ROLE
        powers = connection.execute(
            "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert powers == (False,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE public.mine (id int)")
    with psycopg.connect(database.owner_uri(env)) as connection:
        assert connection.info.user != database.PLATFORM_ROLE


@pytest.mark.parametrize("statement", ["SET session_replication_role = replica", "SET ROLE postgres"])
def test_it_cannot_become_more_than_it_is(statement: str, env: Environment) -> None:
    with (
        psycopg.connect(database.uri(env)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_what_serves_is_not_told_who_owns_the_tables(env: Environment) -> None:
    platform = Platform(environment=replace(env, database_url=NAMED, database_owner_url=OWNER))
    assert platform._child_environ(with_owner=True)["FIELDCAST_DATABASE_OWNER_URL"] == OWNER
    serving = platform._child_environ()
    assert serving["FIELDCAST_DATABASE_URL"] == NAMED
    assert OWNER not in serving.values()


def test_a_server_of_ones_own_is_used_as_its_url_says(env: Environment) -> None:
    alone = replace(env, database_url=NAMED)
    assert database.uri(alone) == database.owner_uri(alone) == NAMED
    assert database.owns_its_tables(alone)
    both = replace(alone, database_owner_url=OWNER)
    assert (database.uri(both), database.owner_uri(both)) == (NAMED, OWNER)
    assert not database.owns_its_tables(both)
    assert not database.owns_its_tables(env)


@pytest.mark.thorough  # each runs the command in a process of its own
@pytest.mark.parametrize(("owner", "passes"), [("", False), (NAMED, False), (OWNER, True)])
def test_the_deployment_check_warns_of_a_platform_that_owns_its_tables(
    owner: str, passes: bool, tmp_path: Path
) -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "fieldcast.cli", "check", "--deploy"],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("FIELDCAST_")},
            "FIELDCAST_HOME": str(tmp_path),
            "FIELDCAST_PUBLIC_URL": "https://county.example",
            "FIELDCAST_DATABASE_URL": NAMED,
            "FIELDCAST_DATABASE_OWNER_URL": owner,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    # it also says that nobody answers at that address, which is why its status is not asked here
    assert ("fieldcast.W003" in checked.stderr) is not passes, checked.stderr
