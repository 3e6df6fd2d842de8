"""How the installation is, read when somebody looks: versions, the disk, background jobs, who takes the payments."""

import platform
import shutil
from dataclasses import dataclass
from typing import Final

import django
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from fieldcast import __version__
from fieldcast.kit.jobs.stuck import JobCounts, job_counts
from fieldcast.trade.providers import provider_for

GIGABYTE: Final = 1024**3
LITTLE_ROOM: Final = 2 * GIGABYTE
SANDBOX: Final = "sandbox"


@dataclass(frozen=True)
class Disk:
    """Bytes where the home lies."""

    free: int
    total: int

    @property
    def used_percent(self) -> int:
        """How much of it is taken, in percent."""
        return round(100 * (1 - self.free / self.total)) if self.total else 0

    @property
    def is_little(self) -> bool:
        """Will it be full soon?"""
        return self.free < LITTLE_ROOM

    @property
    def words(self) -> str:
        """How much is free of how much."""
        return _("%(free)s GB free of %(total)s GB") % {
            "free": f"{self.free / GIGABYTE:.1f}",
            "total": f"{self.total / GIGABYTE:.0f}",
        }


@dataclass(frozen=True)
class Condition:
    """The installation now. `provider` takes new payments of the county."""

    versions: tuple[tuple[str, str], ...]
    database_bytes: int
    disk: Disk | None
    jobs: JobCounts
    provider: str
    demo: bool
    home: str

    @property
    def sandbox(self) -> bool:
        """Does no real money move?"""
        return self.provider == SANDBOX

    @property
    def database_size(self) -> str:
        """How large the database is."""
        return _("%(size)s MB") % {"size": f"{self.database_bytes / 1024**2:.0f}"}

    @property
    def needs_a_hand(self) -> tuple[str, ...]:
        """What somebody has to do something about, in words."""
        found = []
        if self.disk is not None and self.disk.is_little:
            found.append(_("The disk is nearly full: %(room)s.") % {"room": self.disk.words})
        if self.jobs.stuck:
            found.append(_("Background jobs are stuck: %(n)s.") % {"n": self.jobs.stuck})
        if self.sandbox and not self.demo:
            found.append(_("Payments are taken by the trial provider: no real money moves."))
        return tuple(found)


def condition_of(*, county_id: int) -> Condition:
    """Read it now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
        size, server = cursor.fetchone()
    return Condition(
        versions=(
            (_("Fieldcast"), __version__),
            ("PostgreSQL", server),
            ("Django", django.get_version()),
            ("Python", platform.python_version()),
        ),
        database_bytes=size,
        disk=_disk(),
        jobs=job_counts(),
        provider=provider_for(county_id=county_id),
        demo=settings.DEMO,
        home=str(settings.HOME),
    )


def _disk() -> Disk | None:
    """None where the home cannot be looked at."""
    try:
        room = shutil.disk_usage(settings.HOME)
    except OSError:
        return None
    return Disk(free=room.free, total=room.total)
