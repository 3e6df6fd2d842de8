"""A list of parcels in groups: by where they are fetched, where they go, or the day they were delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.trade.types import ParcelView, Round
from fieldcast.web.shared.carried import STATES, said_of
from fieldcast.web.shared.words import local_name, when

TITLES: Final[Mapping[Round, Sentence]] = {
    Round.TO_FETCH: _("To fetch"),
    Round.ON_THE_WAY: _("On the way"),
    Round.DELIVERED: _("Delivered"),
}


@dataclass(frozen=True)
class Shown:
    """A parcel as its row shows it. `can`: the list's one step may be taken. `trouble` says what is in the way,
    `again` how its seller wants it tried once more.
    """

    parcel: ParcelView
    town: str
    label: str
    tone: str
    trouble: str
    again: str
    can: bool


@dataclass(frozen=True)
class Group:
    """Parcels that are fetched at one place, go to one, or were delivered on one day."""

    title: str
    place: str
    rows: tuple[Shown, ...]

    @property
    def boxes(self) -> int:
        """How many boxes they are."""
        return sum(row.parcel.boxes for row in self.rows)


def grouped(which: Round, parcels: Sequence[ParcelView], *, now: datetime) -> list[Group]:
    """A page of a list in its groups; within a province by city. What is delivered is looked for by its day."""
    if which == Round.DELIVERED:
        by_day = groupby(parcels, key=lambda one: timezone.localdate(one.changed_at))
        return [Group(when(day, now=now), "", tuple(map(_shown, rows))) for day, rows in by_day]
    if which == Round.TO_FETCH:
        found = groupby(parcels, key=lambda one: one.seller_id)
        return [_fetched_at(tuple(rows)) for _seller, rows in found]
    by_city = sorted(parcels, key=lambda one: (one.delivery.province, one.delivery.city))
    return [
        Group(places[0], " ".join(places[1:]), tuple(map(_shown, rows)))
        for places, rows in groupby(by_city, key=_town)
    ]


def _town(parcel: ParcelView) -> tuple[str, ...]:
    """Province and city as the label says them, in whatever language the list is read; a city of its own once."""
    to = parcel.delivery
    return (to.province, *((to.city,) if to.city and to.city != to.province else ()))


def _fetched_at(parcels: tuple[ParcelView, ...]) -> Group:
    first = parcels[0]
    title, place = local_name(first, "seller_name"), local_name(first, "seller_village")
    return Group(title, place, tuple(map(_shown, parcels)))


def _shown(parcel: ParcelView) -> Shown:
    label, tone = STATES[parcel.state]
    hindrance = parcel.hindrance
    return Shown(
        parcel=parcel,
        town=" ".join(_town(parcel)),
        label=str(label),
        tone=tone,
        trouble=" · ".join(said_of(hindrance)) if hindrance else "",
        again=parcel.again.words if parcel.again else "",
        can=parcel.round != Round.DELIVERED and not parcel.held_back and hindrance is None,
    )
