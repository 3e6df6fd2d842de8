"""Whether invented viewers are wanted in the demo's rooms: a wish of whoever looks around.

It is a file in the platform's home, since the page that changes it and the program that follows it are two processes.
No file means that they are wanted.
"""

from pathlib import Path
from typing import Final

AWAY: Final = "viewers-away"


def viewers_wanted(home: Path) -> bool:
    """Are they to come?"""
    return not _file(home).exists()


def want_viewers(home: Path, *, they_come: bool) -> None:
    """Let them come, or send them away. Raises `OSError` when the disk refuses."""
    file = _file(home)
    if they_come:
        file.unlink(missing_ok=True)
    else:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def _file(home: Path) -> Path:
    return home / "run" / AWAY
