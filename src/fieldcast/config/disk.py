"""What a disk that is full or may not be written turns into: a sentence that says what to do."""

import contextlib
import errno
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
ROOM_BYTES = 64 * 1024 * 1024  # what an empty database needs; with less the server may not even start
LEAST_BYTES = 1024 * 1024  # with less than this free, whatever was refused was refused for want of room


class DiskFull(Problem):
    """There is no room where the platform keeps its data."""

    code = "disk_full"
    status = 503
    sentence = _("The disk is full: nothing more can be written in %(where)s.")
    next_step = _("Free some space there (an empty database needs %(megabytes)s MB), then start again.")

    def __init__(self, *, where: Path | str) -> None:
        super().__init__(where=str(where), megabytes=ROOM_BYTES // (1024 * 1024))


class NotWritable(Problem):
    """The platform may not write where it keeps its data."""

    code = "not_writable"
    status = 503
    sentence = _("%(where)s cannot be written: %(reason)s.")
    next_step = _("Give the user who runs the platform the right to write there, or choose another --home.")


def problem_of(error: OSError, *, where: Path | str | None = None) -> Problem | None:
    """The sentence for what the disk refused, or None when the disk is not to blame."""
    place = where or error.filename or "?"
    if error.errno in FULL:
        return DiskFull(where=place)
    if error.errno in CLOSED and error.filename is not None:
        return NotWritable(where=error.filename, reason=error.strerror)
    return None


def is_full(place: Path, *, least: int = LEAST_BYTES) -> bool:
    """True when next to nothing is free where `place` lies."""
    with contextlib.suppress(OSError):
        return shutil.disk_usage(place).free < least
    return False


@contextlib.contextmanager
def explained(home: Path) -> Iterator[None]:
    """Inside, what the disk of `home` refuses is raised as `DiskFull` or `NotWritable`."""
    try:
        yield
    except OSError as error:
        problem = problem_of(error, where=home)
        if problem is None:
            raise
        raise problem from error
    except subprocess.CalledProcessError as error:
        # the server's own programs say it in words of theirs, and take back what they had written
        if not is_full(home, least=ROOM_BYTES):
            raise
        raise DiskFull(where=home) from error
