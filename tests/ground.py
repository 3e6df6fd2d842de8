"""What takes long to make and is the same for every test, kept in the virtual environment and copied for each who asks.

A migrated database cluster: applying every migration takes eight seconds of a process, a copy a fraction of one. It is
made anew when a migration, a function of the database, a right or an installed version has changed; the three last used
are kept. And a whole home with the demo county in it, whose pictures, films and orders take three quarters of a minute:
one is kept, until anything of the platform changes or it is an hour old, because its session is live now.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

import fieldcast
from fieldcast.config import database, environment
from fieldcast.config.environment import Environment
from fieldcast.config.temporary import temporary
from fieldcast.trade.providers.sandbox import past

TEMPLATE = "fieldcast_template"
KEPT = Path(sys.prefix) / "ground"
NOTICES = "/payments/"
COUNTIES = KEPT / "under-the-county"
HOW_MANY = 3
COUNTY_STAYS_FRESH = timedelta(hours=1)
SOURCE = Path(fieldcast.__file__).parent
CONFIG = ("database", "privileges", "provision")
# what decides how a migrated cluster looks, beside the packages that bring migrations of their own
DECIDES = (
    "**/migrations/*.py",
    "**/*.sql",
    "kit/sql.py",
    "config/database.py",
    "config/privileges.py",
    "config/provision.py",
)
# what decides how the county looks: it is made through the operations of every room
DECIDES_THE_COUNTY = ("**/*.py", "**/*.sql", "**/*.po")
LOCK_FILES = ("requirements/base.txt",)


def seed(home: Path) -> None:
    """Lay a copy of the migrated cluster under a home that has none yet; its server is not running."""
    home.mkdir(parents=True, exist_ok=True)
    _copy(_kept() / "pg", home / "pg")


@contextmanager
def under(home: Path) -> Iterator[None]:
    """A home's database is a copy of the migrated one: for platforms that a test starts."""
    seed(home)
    yield


@contextmanager
def county() -> Iterator[Environment]:
    """An environment whose home has the demo county in it, gone afterwards: for platforms that a test starts."""
    place = Path(tempfile.mkdtemp(prefix="fieldcast-"))
    try:
        with _alone("lock-of-the-county"):
            _copy(_kept_county(), place, into=True)
        with temporary(variables={"FIELDCAST_DEMO": "1"}, home=place) as env:
            _tell(env)
            yield env
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _tell(env: Environment) -> None:
    """The payment provider tells of refunds at the address where the county lives now."""
    with closing(sqlite3.connect(past.file_of(env.home))) as payments, payments:
        payments.execute(
            "UPDATE payments SET notify_url = ? || substr(notify_url, instr(notify_url, ?))",
            [env.public_url, NOTICES],
        )


def _kept_county() -> Path:
    kept = COUNTIES / _key(DECIDES_THE_COUNTY)
    if not _is_fresh(kept):
        shutil.rmtree(COUNTIES, ignore_errors=True)
        draft = COUNTIES / "draft"
        seed(draft)
        _load_county(draft)
        os.utime(draft)
        draft.rename(kept)
    return kept


def _is_fresh(county: Path) -> bool:
    """Its session is live, its parcels are due: as it was made, not long ago and on the same day."""
    if not county.exists():
        return False
    zone = ZoneInfo("Asia/Shanghai")
    made, now = datetime.fromtimestamp(county.stat().st_mtime, zone), datetime.now(zone)
    return made.date() == now.date() and now - made < COUNTY_STAYS_FRESH


def _load_county(home: Path) -> None:
    """As who looks around for the first time; its database is left again when the county stands."""
    done = subprocess.run(
        [sys.executable, "-m", "fieldcast.cli", "load-demo", f"--home={home}"],
        env=_without_ours(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the demo county could not be made:\n{done.stdout}{done.stderr}")
    _count(home)
    if (home / "pg" / "postmaster.pid").exists():
        raise RuntimeError(f"the database of {home} still runs, and cannot be copied")


def _count(home: Path) -> None:
    """As the server does by itself a minute after: until then it takes tables for empty, and asks them the long way."""
    env = environment.read({"FIELDCAST_HOME": str(home)})
    try:
        with psycopg.connect(database.owner_uri(env), autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")
    finally:
        database.release(env)


def _kept() -> Path:
    kept = KEPT / _key(DECIDES)
    with _alone("lock"):
        if not kept.exists():
            _make(kept)
        os.utime(kept)
        for old in sorted(KEPT.glob("[0-9a-f]*"), key=lambda each: -each.stat().st_mtime)[HOW_MANY:]:
            shutil.rmtree(old, ignore_errors=True)
    return kept


def _make(kept: Path) -> None:
    draft = KEPT / "draft"
    shutil.rmtree(draft, ignore_errors=True)
    env = environment.read({"FIELDCAST_HOME": str(draft)})
    try:
        uri = database.owner_uri(env)
        _migrate(draft, uri)
        _add_template(uri)
    finally:
        database.release(env)
    draft.rename(kept)


def _migrate(home: Path, uri: str) -> None:
    """Make the tables and nothing else: the command would also seal them with the key of this home."""
    own = {
        "FIELDCAST_HOME": str(home),
        "FIELDCAST_DATABASE_URL": uri,
        "DJANGO_SETTINGS_MODULE": "fieldcast.config.settings",
    }
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0"],
        env={**_without_ours(), **own},
        check=True,
    )


def _without_ours() -> dict[str, str]:
    """The environment without any setting of the platform."""
    ours = ("FIELDCAST_", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _add_template(uri: str) -> None:
    """The same once more under a name nobody connects to: PostgreSQL copies only databases that nobody uses."""
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE postgres")


def _key(decides: Iterable[str]) -> str:
    root = SOURCE.parent.parent
    files = [file for pattern in decides for file in sorted(SOURCE.glob(pattern))]
    found = hashlib.sha256(sys.version.encode())
    for file in [*files, *(root / name for name in LOCK_FILES)]:
        found.update(f"{file.relative_to(root)}\n".encode() + file.read_bytes())
    return found.hexdigest()[:16]


def _copy(source: Path, target: Path, *, into: bool = False) -> None:
    """With owners and modes, which the server insists on; without a second copy on the disk where it can be shared.

    `into` a directory that is there already.
    """
    what = f"{source}/." if into else str(source)
    subprocess.run(["cp", "-a", "--reflink=auto", what, str(target)], check=True)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """Two processes that ask at once make one: the second waits for the first and finds it made."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
