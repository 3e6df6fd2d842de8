"""A migrated database cluster, kept between runs and copied for each: applying every migration takes eight seconds of a
process, a copy a fraction of one. It is made anew when a migration, a function of the database, a right or an installed
version has changed; the three last used are kept, in the virtual environment.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fieldcast
from fieldcast.config import database, environment

TEMPLATE = "fieldcast_template"
KEPT = Path(sys.prefix) / "ground"
HOW_MANY = 3
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


def _kept() -> Path:
    kept = KEPT / _key()
    with _alone():
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
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FIELDCAST_")}
    own = {
        "FIELDCAST_HOME": str(home),
        "FIELDCAST_DATABASE_URL": uri,
        "DJANGO_SETTINGS_MODULE": "fieldcast.config.settings",
    }
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0"], env={**clean, **own}, check=True
    )


def _add_template(uri: str) -> None:
    """The same once more under a name nobody connects to: PostgreSQL copies only databases that nobody uses."""
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE postgres")


def _key() -> str:
    root = SOURCE.parent.parent
    files = [file for pattern in DECIDES for file in sorted(SOURCE.glob(pattern))]
    found = hashlib.sha256(sys.version.encode())
    for file in [*files, *(root / name for name in LOCK_FILES)]:
        found.update(f"{file.relative_to(root)}\n".encode() + file.read_bytes())
    return found.hexdigest()[:16]


def _copy(source: Path, target: Path) -> None:
    """With owners and modes, which the server insists on; without a second copy on the disk where it can be shared."""
    subprocess.run(["cp", "-a", "--reflink=auto", str(source), str(target)], check=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Two runs that begin at once make one cluster."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
