"""What recovery tells the other rooms."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fieldcast.accounts.types import OrganisationRef

GOOD_FOR: Final = timedelta(minutes=15)  # a code, and what a look-up opens
MOST_TRIES: Final = 5
LETTERS: Final = 8  # of a code made at a centre: no two of them look alike
DIGITS: Final = 6  # of a code sent to a phone
MOST_LETTERS: Final = 200  # of a reason
MOST_NAME: Final = 40  # of someone who knows the person


class LookedAt(StrEnum):
    """By what a clerk knew who was asking."""

    ID_CARD = "id_card"
    HOUSEHOLD_BOOK = "household_book"
    KNOWN = "known"  # to two members of a cooperative, who are named


class Ending(StrEnum):
    """What ended a code, if not time."""

    USED = "used"
    REPLACED = "replaced"
    TRIES = "tries"


class CodeState(StrEnum):
    """Where a code stands."""

    OPEN = "open"
    EXPIRED = "expired"
    USED = "used"
    REPLACED = "replaced"
    TRIES = "tries"


class Bar(StrEnum):
    """Why a person's password cannot be set anew at a centre."""

    ONESELF = "oneself"
    OFFICE = "office"  # of the county's authority, or runs the installation
    CLOSED = "closed"


@dataclass(frozen=True)
class FoundPerson:
    """Someone whose full number was typed at a centre. `name` is the real one, empty where it was never given."""

    id: int
    display_name: str
    name: str
    works_at: tuple[str, ...]
    bar: Bar | None


@dataclass(frozen=True)
class MadeCode:
    """A code as it is shown this once."""

    code: str
    until: datetime


@dataclass(frozen=True)
class CodeView:
    """A code that was made at a centre, without what it says."""

    id: int
    for_name: str
    by_name: str
    looked_at: LookedAt
    made_at: datetime
    until: datetime
    state: CodeState
    ended_at: datetime | None


@dataclass(frozen=True)
class CentrePlace:
    """A service centre with somebody in it, and where it is."""

    centre: OrganisationRef
    county: str
    county_en: str
