"""The shape every caption engine shares. The live room knows these types and nothing of any one engine."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True)
class Said:
    """Something the host said, from `at` (aware) until `ended_at`, where that is known."""

    text: str
    at: datetime
    ended_at: datetime | None = None


class Engine(Protocol):
    """Where lines come from."""

    @property
    def clock_slack(self) -> timedelta:
        """How far its clock may be from ours: its lines may lie so much outside their session."""

    def line(self, said: Said) -> Said:
        """The line to keep of what it handed in. The room makes it one line of plain text and checks its times."""
