"""What joining tells of requests: their kinds, what each asks for, how they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from fieldcast.accounts.types import OrganisationKind, Role

WORKING_DAYS: Final = 5
MOST_PHOTOS: Final = 3
MOST_LETTERS: Final = 300  # of what people write to each other about a request
NAME_LETTERS: Final = 40
VILLAGE_LETTERS: Final = 40


class JoinKind(StrEnum):
    """What someone wants to do here."""

    FARMER = "farmer"
    SELLER = "seller"
    HOST = "host"
    CARRIER = "carrier"


# What an accepted request makes.
BECOMES: Final[Mapping[JoinKind, OrganisationKind]] = {
    JoinKind.FARMER: OrganisationKind.HOUSEHOLD,
    JoinKind.SELLER: OrganisationKind.COOPERATIVE,
    JoinKind.HOST: OrganisationKind.HOST,
    JoinKind.CARRIER: OrganisationKind.CARRIER,
}
PLACED: Final = (JoinKind.FARMER, JoinKind.SELLER)  # they are somewhere: a village is asked for
CHOOSES: Final = (JoinKind.FARMER, JoinKind.HOST)  # they may name a cooperative
# Who answers in an organisation that is asked.
ANSWERS: Final[Mapping[OrganisationKind, Role]] = {
    OrganisationKind.COOPERATIVE: Role.MANAGER,
    OrganisationKind.SERVICE_CENTRE: Role.STAFF,
    OrganisationKind.AUTHORITY: Role.STAFF,
}


class JoinState(StrEnum):
    """asked → more_asked → asked …; from both of them accepted, declined or withdrawn, which end it."""

    ASKED = "asked"
    MORE_ASKED = "more_asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN: Final = (JoinState.ASKED, JoinState.MORE_ASKED)


@dataclass(frozen=True)
class JoinStepView:
    """One step: who came to this state, when, with which words.

    `corrected` is the name and village it was accepted under where they differ from what was asked.
    """

    state: JoinState
    by_id: int | None
    by_name: str
    at: datetime
    words: str
    corrected: str


@dataclass(frozen=True)
class JoinRequestView:
    """A request. `cooperative_id` is the one that was named, `goes_to_id` who answers; `due_at` None: nobody is to
    answer now. `facts` are what was written, by the names of `wanted.WANTED`. `organisation_id` is what it became.
    """

    id: int
    county_id: int
    person_id: int
    person_name: str
    kind: JoinKind
    name: str
    village: str
    cooperative_id: int | None
    cooperative_name: str
    cooperative_name_en: str
    goes_to_id: int
    goes_to_name: str
    goes_to_name_en: str
    goes_to_kind: OrganisationKind
    facts: Mapping[str, str]
    state: JoinState
    asked_at: datetime
    due_at: datetime | None
    organisation_id: int | None
    steps: Sequence[JoinStepView]
    photos: Sequence[int]

    @property
    def open(self) -> bool:
        """Has it not ended?"""
        return self.state in OPEN

    @property
    def last(self) -> JoinStepView:
        """How it stands now, and since when."""
        return self.steps[-1]

    def late(self, now: datetime) -> bool:
        """Has the time to answer gone by, so that the county may?"""
        return self.state == JoinState.ASKED and self.due_at is not None and self.due_at <= now


@dataclass(frozen=True)
class Waiting:
    """What waits for an answer of somebody: how many there are, and the soonest due."""

    count: int
    items: Sequence[JoinRequestView]
