"""The shape every kind of source shares. The live room knows these types and nothing of any one kind."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Shown:
    """A stretch of a session in which a source is shown, looked at `now`; `until` is None while it goes on."""

    since: datetime
    until: datetime | None
    now: datetime


class Source(Protocol):
    """A kind of source. `folder`, under the media root, holds a package for each key; nobody else writes there.

    `program` names what must run beside each live session that shows this kind, or is None: `module:function`, which
    the runner calls as `function(session_id=…, alive=…)` in a process of its own. It calls `alive()` every second or
    two, or is taken for hung and killed; it works until it is told to stop (SIGTERM) at the session's end; and it may
    be killed at any time and is started again, so it takes up what it finds.
    """

    @property
    def folder(self) -> str:
        """Its folder's name."""

    @property
    def program(self) -> str | None:
        """What runs beside a session, if anything must."""

    def playlist(self, shown: Shown, *, directory: Path, base: str) -> str:
        """The playlist of the package in `directory` as it stands; `base` goes before each file's name.

        Raises `NoSuchClip` when there is nothing to show.
        """
