"""What the records of an agreement tell the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Asset(StrEnum):
    """What somebody brought in and holds shares for: land, capital, labour, technology."""

    LAND = "land"
    CAPITAL = "capital"
    LABOUR = "labour"
    TECHNOLOGY = "technology"


@dataclass(frozen=True)
class Recorded:
    """What was recorded of an agreement in a month. Keys of households are organisations' ids, of grades their names.

    `accepted` is by household and grade; `performance` counts it with the weights of grades. `points` are confirmed.
    """

    points: Mapping[int, int]
    shares: Mapping[int, int]
    accepted: Mapping[tuple[int, str], int]
    weights: Mapping[str, int]
    salvage_fen: int
    force_majeure: bool

    def performance(self) -> dict[int, int]:
        """Accepted units by their grade's weight, by household."""
        found: dict[int, int] = {}
        for (household, grade), units in self.accepted.items():
            found[household] = found.get(household, 0) + units * self.weights.get(grade, 1)
        return found

    def accepted_by_grade(self) -> dict[str, int]:
        """Accepted units of all households, by grade."""
        found: dict[str, int] = {}
        for (_household, grade), units in self.accepted.items():
            found[grade] = found.get(grade, 0) + units
        return found


@dataclass(frozen=True)
class ServiceView:
    """A service that was done. `confirmed_at` None: it does not count yet."""

    id: int
    agreement_id: int
    server_id: int
    server: str
    server_en: str
    served_id: int
    served: str
    served_en: str
    what: str
    points: int
    day: date
    by_id: int | None
    confirmed_at: datetime | None


@dataclass(frozen=True)
class HoldingView:
    """What a holder has from `since` on."""

    holder_id: int
    holder: str
    holder_en: str
    asset: Asset
    shares: int
    since: date


@dataclass(frozen=True)
class AcceptanceView:
    """What was accepted of a lot on a day."""

    lot_id: int
    lot_code: str
    grade: str
    units: int
    day: date
    why: str


@dataclass(frozen=True)
class SalvageView:
    """What unsold goods still brought on a day."""

    amount_fen: int
    day: date
    what: str


@dataclass(frozen=True)
class ForceMajeureView:
    """A month of an agreement in which nobody could have met it, as the county accepted."""

    agreement_id: int
    month: date
    why: str
    at: datetime
