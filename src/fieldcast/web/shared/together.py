"""What the cooperative brought its members against selling alone: price, penalty, hours. A gap is no zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import get_language

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.chain import queries as chains
from fieldcast.agreements.concerns import judged
from fieldcast.agreements.together import queries as together
from fieldcast.agreements.together.types import AloneFigures, AloneView
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.members import household_ids
from fieldcast.catalog.types import ProductView
from fieldcast.settlement.books import queries as books
from fieldcast.trade import queries as trade

YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class PriceBeside:
    """What the farmers have of a unit here, on average, and what is paid at the field; fen with a fraction.

    `alone` None: nobody has written down what is paid at the field.
    """

    product: ProductView
    units: int
    together: float
    alone: float | None

    @property
    def together_fen(self) -> int:
        """What the farmers have of a unit, to the fen."""
        return round(self.together)

    @property
    def alone_fen(self) -> int | None:
        """What is paid at the field for a unit, to the fen."""
        return None if self.alone is None else round(self.alone)

    @property
    def more_fen(self) -> int | None:
        """What all units of the year brought more, or less where it is below zero."""
        return None if self.alone is None else round((self.together - self.alone) * self.units)


@dataclass(frozen=True)
class PenaltyBeside:
    """A penalty of an agreement beside what a household could ask for; whether each deters, in words."""

    version: VersionView
    clause: int
    breach: str
    fen: int
    bond_fen: int
    together: str
    alone: str


@dataclass(frozen=True)
class Hours:
    """Work that the cooperative did for its members; hours None where nobody knows how long one takes."""

    parcels: int
    requests: int
    households: int
    hours: float | None

    @property
    def each(self) -> float | None:
        """Hours of a household, had each done its own part."""
        return None if self.hours is None or not self.households else self.hours / self.households


@dataclass(frozen=True)
class Brought:
    """All three, and the figures they stand on."""

    prices: Sequence[PriceBeside]
    penalties: Sequence[PenaltyBeside]
    hours: Hours
    alone: AloneView | None


def brought(*, cooperative_id: int, county_id: int, now: datetime) -> Brought:
    """What a year brought. Prices and work are measured; the rest is as the county and the cooperative wrote it."""
    known = together.alone(cooperative_id=cooperative_id)
    figures = known.figures if known else AloneFigures()
    return Brought(
        prices=_prices(cooperative_id, county_id, now - YEAR),
        penalties=_penalties(cooperative_id, figures),
        hours=_hours(cooperative_id, figures, now - YEAR),
        alone=known,
    )


def _prices(cooperative_id: int, county_id: int, since: datetime) -> list[PriceBeside]:
    products = {one.code: one for one in catalog.products(county_id=county_id)}
    gates = {
        one.product_code: one.farm_gate_fen / one.units
        for one in chains.chains_in(county_id=county_id)
        if one.farm_gate_fen is not None
    }
    return [
        PriceBeside(
            products[one.product_code], one.units, one.farmer_fen / one.units, gates.get(one.product_code)
        )
        for one in books.products_of(seller_id=cooperative_id, since=since)
        if one.units and one.product_code in products
    ]


def _penalties(cooperative_id: int, figures: AloneFigures) -> list[PenaltyBeside]:
    found = []
    for version in agreements.current_of(organisation_id=cooperative_id):
        bonds = {one.role: one.fen for one in version.terms.bonds}
        for one in version.terms.penalties:
            bond_fen = bonds.get(one.role, 0)
            found.append(
                PenaltyBeside(
                    version=version,
                    clause=one.clause,
                    breach=one.breach,
                    fen=one.fen,
                    bond_fen=bond_fen,
                    together=_deters(figures.gain_fen, one.fen, bond_fen, figures.detection_bp),
                    alone=_deters(figures.gain_fen, figures.penalty_alone_fen, 0, figures.detection_alone_bp),
                )
            )
    return found


def _deters(gain_fen: int | None, penalty_fen: int | None, bond_fen: int, detection_bp: int | None) -> str:
    """The game's sentence; nothing where a figure is not known."""
    if not gain_fen or penalty_fen is None or detection_bp is None:
        return ""
    check = judged(penalty_fen, bond_fen=bond_fen, gain_fen=gain_fen, detection_bp=detection_bp)
    return check.sentence.in_(get_language() or "")


def _hours(cooperative_id: int, figures: AloneFigures, since: datetime) -> Hours:
    parcels, requests = trade.work_of(seller_id=cooperative_id, since=since)
    minutes = (figures.parcel_minutes, figures.request_minutes)
    hours = None
    if minutes[0] is not None and minutes[1] is not None:
        hours = (parcels * minutes[0] + requests * minutes[1]) / 60
    members = household_ids(cooperative_id=cooperative_id)
    return Hours(parcels=parcels, requests=requests, households=len(members), hours=hours)
