"""What the desk tells the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fieldcast.accounts.types import Role


class ItemState(StrEnum):
    """Where an item stands."""

    WAITING = "waiting"
    DONE = "done"
    WITHDRAWN = "withdrawn"  # nobody has to answer it any more


class Deed(StrEnum):
    """What was done with an item."""

    OPENED = "opened"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    DONE = "done"
    WITHDRAWN = "withdrawn"


ENDS = (Deed.DONE, Deed.WITHDRAWN)
ONCE = (Deed.OPENED, Deed.REMINDED, Deed.ESCALATED, *ENDS)
# Whoever holds a role may do what those below it may.
RANKS: Mapping[Role, int] = {Role.STAFF: 0, Role.MANAGER: 1, Role.OWNER: 2}


def at_least(role: Role) -> tuple[Role, ...]:
    """The role and those above it."""
    return tuple(one for one, rank in RANKS.items() if rank >= RANKS[role])


def at_most(role: Role) -> tuple[Role, ...]:
    """The role and those below it."""
    return tuple(one for one, rank in RANKS.items() if rank <= RANKS[role])


@dataclass(frozen=True)
class Owner:
    """Whose an item is: everyone's who has at least `role` in the organisation, or one person's of it.

    `person_id` None: whoever of them comes first. A person alone has neither organisation nor role.
    """

    organisation_id: int | None = None
    role: Role | None = None
    person_id: int | None = None

    def __post_init__(self) -> None:
        if (self.organisation_id is None) != (self.role is None):
            raise ValueError("an organisation and a role come together")
        if self.organisation_id is None and self.person_id is None:
            raise ValueError("an item is somebody's")


@dataclass(frozen=True)
class ItemView:
    """What waits. `facts` fill its kind's sentence; `offered_to_id` was handed it and has not accepted.

    `by_weekdays`: the holidays of some year were not known, so weekdays were counted until `due_at`.
    """

    id: int
    county_id: int
    kind: str
    subject: str
    facts: Mapping[str, Any]
    owner: Owner
    offered_to_id: int | None
    escalates_to: Owner | None
    due_at: datetime
    by_weekdays: bool
    opened_at: datetime
    reminded_at: datetime | None
    escalated_at: datetime | None
    ended_at: datetime | None
    state: ItemState

    @property
    def waits(self) -> bool:
        """Has nobody answered it?"""
        return self.state == ItemState.WAITING

    def late(self, now: datetime) -> bool:
        """Should it have been answered by now?"""
        return self.waits and self.due_at <= now


@dataclass(frozen=True)
class StepView:
    """One step of an item's history. `by` is None for the platform itself; `to` was handed it, or took it."""

    deed: Deed
    at: datetime
    by: str | None
    to: str | None
    why: str
