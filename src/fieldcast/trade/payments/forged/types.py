"""What is kept of notices that are not believed, and how they are told to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

KEPT_AN_HOUR: Final = 100  # of each provider, with what they said; the others are counted
KEPT_FOR: Final = timedelta(days=90)  # the database itself refuses to end one sooner
LONGEST_BODY: Final = 500  # characters kept of what a stranger sent
NO_PROVIDER: Final = (
    ""  # the name for notices to an address of no provider: a stranger's words name nothing here
)
REHEARSAL: Final = (
    "rehearsal"  # the name for those a rehearsal forges to see them refused; no provider has it
)
UNKNOWN_PROVIDER: Final = "unknown_provider"
TOO_LARGE: Final = "too_large"


@dataclass(frozen=True)
class ForgedRun:
    """All notices in one provider's name that were not believed. `kept` of `count` can be read; `reasons` are codes."""

    provider: str
    count: int
    kept: int
    first_at: datetime
    last_at: datetime
    reasons: Mapping[str, int]
