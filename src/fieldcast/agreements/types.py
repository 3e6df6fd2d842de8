"""What agreements tell the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, HOST, ROLES


@dataclass(frozen=True)
class VersionView:
    """One version of an agreement with its terms. `parties`: the organisation of each role, the cooperative first."""

    id: int
    agreement_id: int
    county_id: int
    name: str
    number: int
    terms: AgreedTerms
    parties: Mapping[str, int]
    created_at: datetime
    note: str
    latest: bool
    name_en: str = ""
    sha256: str = ""
    ended: bool = False

    @property
    def cooperative_id(self) -> int:
        """The cooperative that sells."""
        return self.parties[COOPERATIVE.name]

    @property
    def host_id(self) -> int:
        """The host who shows and tells."""
        return self.parties[HOST.name]

    @property
    def carrier_id(self) -> int:
        """The carrier that delivers unless the cooperative says otherwise."""
        return self.parties[CARRIER.name]

    def begins_after(self, today: date) -> date | None:
        """The first day it holds, where that is still to come."""
        clause = self.terms.validity
        return clause.begins if clause and clause.begins > today else None

    @property
    def signers(self) -> tuple[int, ...]:
        """Who must agree before anything is sold under it: the carrier too, wherever a delivery fee is promised."""
        return tuple(
            party
            for role, party in self.parties.items()
            if not ROLES[role].signs_if_paid or self.terms.pays(role)
        )


@dataclass(frozen=True)
class Jump:
    """A guaranteed price that moves by more than a third."""

    product_code: str
    before_fen: int
    after_fen: int
    grade: str = ""


@dataclass(frozen=True)
class CeilingView:
    """The county's published ceiling of the platform's commission, and where it was published."""

    ceiling_bp: int
    source: str
    at: datetime


@dataclass(frozen=True)
class Accepted:
    """What a party accepted although it hurts it, in the words that it read."""

    clause: int
    why: str
    sentence: str


@dataclass(frozen=True)
class ConsentView:
    """A party's agreement to a version, or a household's. `sheet_id`: the picture of what it signed on paper, which
    `person` entered; without one `person` signed.
    """

    organisation_id: int
    organisation: str
    organisation_en: str
    kind: OrganisationKind
    person: str
    at: datetime
    sheet_id: int | None = None
    accepted: tuple[Accepted, ...] = ()
