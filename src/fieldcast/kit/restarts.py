"""What was started again on this machine since the platform started: one small file in its home.

The runner writes it, replacing it whole; pages, the API and rehearsals read it. Times of day are for people; how long
something took was measured by a clock that nobody can set.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any


class Why(StrEnum):
    """Why a program was started again."""

    ENDED = "ended"  # by itself, with an error
    KILLED = "killed"  # by a signal that somebody or the machine sent
    HUNG = "hung"  # it ran but did not answer, so the runner killed it
    DATABASE_AWAY = "database_away"  # it ended because the database did not answer


@dataclass(frozen=True)
class Program:
    """One program: how often it was started again, and of the last time when, why and how long until it was well.

    `recovered_s` is None while it is not well yet, and when it never was started again.
    """

    name: str
    count: int = 0
    last_at: datetime | None = None
    why: Why | None = None
    recovered_s: float | None = None
    longest_s: float | None = None


@dataclass(frozen=True)
class Restarts:
    """Every program of the platform that runs, or ran last, on a home; `since` is None where none ever did."""

    since: datetime | None
    programs: tuple[Program, ...]

    @property
    def count(self) -> int:
        """How often anything was started again."""
        return sum(program.count for program in self.programs)


def read(home: Path) -> Restarts:
    """What `write` wrote last on this home. A file that is missing, or that cannot be read, says nothing."""
    try:
        kept = json.loads(file_of(home).read_text(encoding="utf-8"))
        programs = tuple(_program(name, facts) for name, facts in kept["programs"].items())
        return Restarts(since=datetime.fromisoformat(kept["since"]), programs=programs)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Restarts(since=None, programs=())


def write(home: Path, *, since: datetime, programs: Iterable[Program]) -> None:
    """Replace the file whole, so that no reader sees half of it. Raises `OSError` when the disk refuses."""
    kept = {"since": since.isoformat(), "programs": {program.name: _facts(program) for program in programs}}
    file = file_of(home)
    draft = file.with_suffix(".draft")
    draft.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(file)


def file_of(home: Path) -> Path:
    """Where it lies."""
    return home / "run" / "restarts.json"


def _facts(program: Program) -> dict[str, Any]:
    facts = asdict(program)
    del facts["name"]
    return {**facts, "last_at": program.last_at.isoformat() if program.last_at else None}


def _program(name: str, facts: Mapping[str, Any]) -> Program:
    return Program(
        name=name,
        count=int(facts["count"]),
        last_at=datetime.fromisoformat(facts["last_at"]) if facts["last_at"] else None,
        why=Why(facts["why"]) if facts["why"] else None,
        recovered_s=facts["recovered_s"],
        longest_s=facts["longest_s"],
    )
