"""A list of parcels in groups: by where they are fetched, else by where they go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.trade.types import ParcelView, Round
from fieldcast.web.shared.carried import STATES, said_of
from fieldcast.web.shared.words import local_name, province_name

TITLES: Final[Mapping[Round, Sentence]] = {
    Round.TO_FETCH: _("To fetch"),
    Round.ON_THE_WAY: _("On the way"),
    Round.DELIVERED: _("Delivered"),
}


@dataclass(frozen=True)
class Shown:
    """A parcel as its row shows it. `can`: the list's one step may be taken. `trouble` says what is in the way."""

    parcel: ParcelView
    label: str
    tone: str
    trouble: str
    can: bool

    @property
    def where(self) -> str:
        """The province and city it goes to."""
        to = self.parcel.delivery
        return f"{province_name(to.province)} {_beside(to.province, to.city)}".strip()


@dataclass(frozen=True)
class Group:
    """Parcels that are fetched at one place, or go to one."""

    title: str
    place: str
    rows: tuple[Shown, ...]

    @property
    def boxes(self) -> int:
        """How many boxes they are."""
        return sum(row.parcel.boxes for row in self.rows)


def grouped(which: Round, parcels: Sequence[ParcelView]) -> list[Group]:
    """A page of a list in its groups; within a province by city."""
    if which == Round.TO_FETCH:
        found = groupby(parcels, key=lambda one: one.seller_id)
        return [_fetched_at(tuple(rows)) for _seller, rows in found]
    by_city = sorted(parcels, key=lambda one: (one.delivery.province, one.delivery.city))
    places = groupby(by_city, key=lambda one: (one.delivery.province, one.delivery.city))
    return [
        Group(province_name(province), _beside(province, city), tuple(map(_shown, rows)))
        for (province, city), rows in places
    ]


def _beside(province: str, city: str) -> str:
    """The city that is named beside its province; a municipality, which is both, is named once."""
    return "" if city == province else city


def _fetched_at(parcels: tuple[ParcelView, ...]) -> Group:
    first = parcels[0]
    title, place = local_name(first, "seller_name"), local_name(first, "seller_village")
    return Group(title, place, tuple(map(_shown, parcels)))


def _shown(parcel: ParcelView) -> Shown:
    label, tone = STATES[parcel.state]
    hindrance = parcel.hindrance
    return Shown(
        parcel=parcel,
        label=str(label),
        tone=tone,
        trouble=" · ".join(said_of(hindrance)) if hindrance else "",
        can=parcel.round != Round.DELIVERED and not parcel.held_back and hindrance is None,
    )
