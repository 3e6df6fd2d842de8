"""Kinds and roles, and what accounts tells the other rooms about people and organisations."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from fieldcast.kit.provinces import region


class Actor(Protocol):
    """Whoever asks, maybe nobody: Django's anonymous user, whose `pk` is None. Loaders and rules take one as `by`."""

    @property
    def pk(self) -> Any:
        """The person's id; None for nobody."""

    @property
    def is_authenticated(self) -> Any:
        """Signed in?"""

    @property
    def is_staff(self) -> Any:
        """Do they administer the installation?"""

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's question, answered by the rules of the rooms."""


class SignedIn(Actor, Protocol):
    """Somebody who is signed in, whom operations take as `by` and write down as who did it; `by` None is the platform.

    In rows and views the same person is `by_id`. In whose name a fact of a lot is said (`actor_id`) is an organisation.
    """

    display_name: Any

    @property
    def county_id(self) -> Any:
        """The county the person belongs to."""


class OrganisationKind(StrEnum):
    """What an organisation is in the county."""

    HOUSEHOLD = "household"
    COOPERATIVE = "cooperative"
    HOST = "host"
    CARRIER = "carrier"
    SERVICE_CENTRE = "service_centre"
    TESTING_STATION = "testing_station"  # tests goods; helps nobody with their account
    AUTHORITY = "authority"
    COMPANY = "company"  # owns a brand, serves technically, stands behind hosts, insures, invests


class LegalForm(StrEnum):
    """How an organisation of a kind is constituted; it takes the same part in a sale."""

    ORDINARY = ""
    FAMILY_FARM = "family_farm"  # a household that is registered as one
    FEDERATION = "federation"  # a cooperative of cooperatives: those are its members


FORMS_OF: Final = {
    OrganisationKind.HOUSEHOLD: (LegalForm.ORDINARY, LegalForm.FAMILY_FARM),
    OrganisationKind.COOPERATIVE: (LegalForm.ORDINARY, LegalForm.FEDERATION),
}


class Role(StrEnum):
    """What a person may do in an organisation: an owner everything, a manager the daily work, staff the packing."""

    OWNER = "owner"
    MANAGER = "manager"
    STAFF = "staff"


# Who answers for an organisation, and is told what happens to it.
ANSWERABLE: Final = (Role.OWNER, Role.MANAGER)


# The terms of use and the privacy notice that people agree to; a change of what they promise is another version.
TERMS: Final = "2026-12-01"


class Standing(StrEnum):
    """May this organisation go live and sell? Written by supervision, asked by live."""

    GOOD = "good"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class CountyRef:
    """A county, which is the tenant: nothing is read across two of them."""

    id: int
    code: str
    name: str
    name_en: str


@dataclass(frozen=True)
class OrganisationRef:
    """An organisation as other rooms see it. `party` is its name in the ledger."""

    id: int
    county_id: int
    kind: OrganisationKind
    code: str
    name: str
    name_en: str
    village: str
    village_en: str
    standing: Standing
    picture: str
    form: LegalForm = LegalForm.ORDINARY

    @property
    def party(self) -> str:
        """The ledger's name for this organisation."""
        return f"org:{self.id}"


@dataclass(frozen=True)
class MembershipRef:
    """One role of one person."""

    organisation: OrganisationRef
    role: Role


@dataclass(frozen=True)
class PersonRef:
    """A person as others may see them: the display name only."""

    id: int
    display_name: str


@dataclass(frozen=True)
class Account:
    """A person's account for those who help them with it. `name` is the real one, empty where it was never given."""

    id: int
    county_id: int | None
    display_name: str
    name: str
    is_active: bool


@dataclass(frozen=True)
class AddressBook:
    """A delivery address in plain words, for its owner and for those who pack and carry the parcel."""

    id: int
    recipient: str
    phone: str
    province: str
    city: str
    district: str
    line: str
    is_default: bool

    @property
    def one_line(self) -> str:
        """The address on one line."""
        return region(self.province, self.city, self.district) + self.line


@dataclass(frozen=True)
class TokenRef:
    """A personal API token without its secret."""

    id: int
    name: str
    prefix: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
