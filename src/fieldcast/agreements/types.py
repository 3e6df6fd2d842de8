"""What agreements tell the other rooms."""

from dataclasses import dataclass
from datetime import datetime

from fieldcast.agreements.terms import Terms


@dataclass(frozen=True)
class VersionView:
    """One version of an agreement with its terms. `cooperative_id`, `host_id`, `carrier_id` are organisations."""

    id: int
    agreement_id: int
    county_id: int
    name: str
    number: int
    terms: Terms
    cooperative_id: int
    host_id: int
    carrier_id: int
    created_at: datetime
    note: str
    latest: bool

    @property
    def signers(self) -> tuple[int, ...]:
        """Who must agree before anything is sold under it: the carrier too, wherever a delivery fee is promised."""
        carrier = (self.carrier_id,) if self.terms.logistics_fen_per_pack else ()
        return (self.cooperative_id, self.host_id, *carrier)


@dataclass(frozen=True)
class ConsentView:
    """A party's agreement to a version."""

    organisation_id: int
    organisation: str
    organisation_en: str
    person: str
    at: datetime
