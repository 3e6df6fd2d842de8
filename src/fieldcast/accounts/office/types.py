"""What the office tells pages: deeds, people and organisations as an administrator sees them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fieldcast.accounts.types import MembershipRef, OrganisationRef, PersonRef, Role


class Deed(StrEnum):
    """What an administrator does."""

    COUNTY_MADE = "county_made"
    COUNTY_RENAMED = "county_renamed"
    VILLAGE_ADDED = "village_added"
    VILLAGE_RENAMED = "village_renamed"
    VILLAGE_REMOVED = "village_removed"
    ORGANISATION_MADE = "organisation_made"
    ORGANISATION_RENAMED = "organisation_renamed"
    STANDING_SET = "standing_set"
    FORM_SET = "form_set"
    FEDERATION_JOINED = "federation_joined"
    FEDERATION_LEFT = "federation_left"
    ROLE_GIVEN = "role_given"
    ROLE_ENDED = "role_ended"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    STAFF_MADE = "staff_made"
    STAFF_ENDED = "staff_ended"
    SIGNED_OUT = "signed_out"


@dataclass(frozen=True)
class DeedView:
    """One deed: who did it (empty: the platform), to whom or what, what was before and what is after, and why."""

    kind: Deed
    by: str
    person: PersonRef | None
    organisation: OrganisationRef | None
    before: str
    after: str
    reason: str
    at: datetime


class ByHand(StrEnum):
    """What was done to a row in Django's admin."""

    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class HandChange:
    """A row that was changed in Django's admin: which table (its name for readers), which row, by whom."""

    did: ByHand
    table: str
    row: str
    by: str
    at: datetime


@dataclass(frozen=True)
class KnownPerson:
    """A person as the office lists them. `phone` is masked."""

    id: int
    display_name: str
    phone: str
    is_active: bool
    is_staff: bool
    is_superuser: bool
    created_at: datetime
    last_login: datetime | None
    workplaces: tuple[MembershipRef, ...]


@dataclass(frozen=True)
class VillageView:
    """A village, and how many organisations are in it."""

    id: int
    name: str
    name_en: str
    organisations: int


@dataclass(frozen=True)
class Listed:
    """An organisation with how many people work in it."""

    organisation: OrganisationRef
    members: int


@dataclass(frozen=True)
class Member:
    """Someone who works in an organisation."""

    person: PersonRef
    role: Role
    is_active: bool


@dataclass(frozen=True)
class Figures:
    """How much of everything a county has. `blocked` people cannot sign in."""

    people: int
    blocked: int
    administrators: int
    villages: int
    organisations: int
