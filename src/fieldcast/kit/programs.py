"""Programs that are wanted for a while, beside those that always run: one small file in the platform's home.

Who wants one writes the whole list; the runner (`config.watching`) reads it every second, starts what is new on it and
stops what is gone from it. Names are `word-number`, so that none can be taken for a program that always runs.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = re.compile(r"[a-z]{1,20}-\d{1,18}")
RUN = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")


@dataclass(frozen=True)
class Wanted:
    """A program: its name, and the function (`module:function`) it runs, given the number of what it runs for."""

    name: str
    run: str
    number: int

    def __post_init__(self) -> None:
        """Raise `ValueError` for what the runner would not start."""
        if not NAME.fullmatch(self.name) or not RUN.fullmatch(self.run) or self.number < 0:
            raise ValueError(f"no program: {self}")


def read(home: Path) -> tuple[Wanted, ...] | None:
    """What is wanted now; None when it cannot be read, which says nothing about what is wanted."""
    try:
        return tuple(Wanted(**facts) for facts in json.loads(file_of(home).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError):
        return None


def write(home: Path, wanted: Sequence[Wanted]) -> None:
    """Replace the list whole, when it says something else. Raises `OSError` when the disk refuses."""
    if read(home) == tuple(wanted):
        return
    file = file_of(home)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps([asdict(one) for one in wanted], indent=1), encoding="utf-8")
    draft.replace(file)


def clear(home: Path) -> None:
    """Begin without what an earlier run wanted."""
    file_of(home).unlink(missing_ok=True)


def file_of(home: Path) -> Path:
    """Where it lies."""
    return home / "run" / "programs.json"
