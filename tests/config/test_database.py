"""The embedded database: shared, left in good order, and startable after any kind of end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import psutil
import psycopg
import pytest

from fieldcast.config import database
from fieldcast.config.environment import Environment
from fieldcast.config.temporary import temporary
from tests import ground

# starts the database and then waits to be killed
USER = """
import sys, time
from fieldcast.config import database, environment
print(database.ensure(environment.read()), flush=True)
time.sleep(60)
"""


pytestmark = pytest.mark.thorough  # every test starts a database server, and some kill it


@pytest.fixture
def nothing_yet() -> Iterator[Environment]:
    """A home without a database."""
    with temporary() as env:
        yield env
        database.release(env)


@pytest.fixture
def env(nothing_yet: Environment) -> Environment:
    """A home with a database that is not running."""
    ground.seed(nothing_yet.home)
    return nothing_yet


def answer(uri: str, question: str) -> object:
    with psycopg.connect(uri) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def server_runs(env: Environment) -> bool:
    return (env.home / "pg" / "postmaster.pid").exists()


def another_user(env: Environment) -> "subprocess.Popen[str]":
    other = {name: value for name, value in os.environ.items() if not name.startswith(("FIELDCAST_", "XDG_"))}
    user = subprocess.Popen(
        [sys.executable, "-c", USER],
        env={**other, "FIELDCAST_HOME": str(env.home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout is not None
    assert user.stdout.readline().startswith("postgresql://")
    return user


def test_the_server_runs_with_our_settings_and_stops_when_it_is_left(nothing_yet: Environment) -> None:
    env = nothing_yet
    uri = database.owner_uri(env, settings={"work_mem": "5MB"})
    assert answer(uri, "SHOW jit") == "off"
    assert answer(uri, "SHOW work_mem") == "5MB"
    database.release(env)
    assert not server_runs(env)


def test_what_was_written_is_there_at_the_next_start(env: Environment) -> None:
    with psycopg.connect(database.owner_uri(env)) as connection:
        connection.execute("CREATE TABLE field AS SELECT 7 AS seed")
    database.release(env)
    assert answer(database.owner_uri(env), "SELECT seed FROM field") == 7


def test_a_language_the_machine_does_not_have_keeps_nothing_from_starting(
    env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "xx_YY.UTF-8")
    assert answer(database.owner_uri(env), "SELECT 1") == 1
    assert "LC_ALL" not in os.environ or os.environ["LC_ALL"] != "C"


def test_the_server_stays_for_others_and_a_killed_user_is_forgotten(env: Environment) -> None:
    with another_user(env) as other:
        uri = database.owner_uri(env)
        database.release(env)
        assert server_runs(env)
        assert answer(uri, "SELECT 1") == 1
        other.kill()
    database.owner_uri(env)
    database.release(env)
    assert not server_runs(env)


def test_a_number_given_out_again_is_not_taken_for_a_user(env: Environment) -> None:
    database.owner_uri(env)
    database.release(env)
    handles = env.home / "pg" / ".handle_pids.json"
    handles.write_text(json.dumps([os.getppid()]))
    os.utime(handles, (0, 0))  # written long before that process began
    database.owner_uri(env)
    database.release(env)
    assert not server_runs(env)


@pytest.mark.parametrize("number_is_anothers", [False, True])
def test_a_killed_server_starts_again(env: Environment, number_is_anothers: bool) -> None:
    with psycopg.connect(database.owner_uri(env)) as connection:
        connection.execute("CREATE TABLE field AS SELECT 7 AS seed")
    lock = env.home / "pg" / "postmaster.pid"
    lines = lock.read_text().splitlines()
    server = psutil.Process(int(lines[0]))
    children = server.children()
    server.send_signal(signal.SIGKILL)
    psutil.wait_procs([server, *children], timeout=5)
    database.release(env)
    if number_is_anothers:
        lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert answer(database.owner_uri(env), "SELECT seed FROM field") == 7


def test_discarding_the_database_leaves_an_empty_one_behind(env: Environment) -> None:
    with psycopg.connect(database.owner_uri(env)) as connection:
        connection.execute("CREATE TABLE field AS SELECT 7 AS seed")
    database.discard(env)
    assert answer(database.owner_uri(env), "SELECT count(*) FROM pg_tables WHERE tablename = 'field'") == 0


def test_a_database_of_someone_elses_is_not_discarded(env: Environment) -> None:
    with pytest.raises(database.NotEmbedded):
        database.discard(replace(env, database_url="postgresql://county@db/county"))
