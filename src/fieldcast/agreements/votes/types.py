"""What votes tell the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Choice(StrEnum):
    """What a household says."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Outcome(StrEnum):
    """How a vote stands."""

    OPEN = "open"
    PASSED = "passed"
    REJECTED = "rejected"
    TOO_FEW = "too_few"  # less than two thirds of the members took part
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Votes by what was said, how many households took part, and how many votes and households there are."""

    votes: Mapping[Choice, int]
    took_part: int
    households: int
    all_votes: int
    from_minutes: int  # of those who took part, written down by the cooperative


@dataclass(frozen=True, kw_only=True)
class BallotView:
    """A vote. `tally` counts what was said in time; `version_id` where it is about terms."""

    id: int
    cooperative_id: int
    county_id: int
    version_id: int | None
    question: str
    weighty: bool
    opened_by: str
    opened_at: datetime
    closes_at: datetime
    outcome: Outcome
    tally: Tally
    withdrawn_why: str = ""

    @property
    def open(self) -> bool:
        """May something still be said?"""
        return self.outcome is Outcome.OPEN


@dataclass(frozen=True, kw_only=True)
class VoterView:
    """A household on the roll, and whether it said something; what it said is its own to know."""

    household_id: int
    household: str
    household_en: str
    village: str
    village_en: str
    votes: int
    took_part: bool
    from_minutes: bool
