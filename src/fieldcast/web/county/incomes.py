"""Household incomes as the county sees them: by village, most and least, masked where nobody asked for names."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from fieldcast.people import queries as people
from fieldcast.people.types import HouseholdIncome
from fieldcast.web.county.day import MONTH

SHOWN = 5


@dataclass(frozen=True)
class Incomes:
    """Households of a village, or of all, with what live commerce brought each in thirty days, the most first."""

    households: tuple[HouseholdIncome, ...]
    villages: tuple[tuple[str, str], ...]
    village: str

    @property
    def top(self) -> tuple[HouseholdIncome, ...]:
        """The five with the most."""
        return self.households[:SHOWN]

    @property
    def bottom(self) -> tuple[HouseholdIncome, ...]:
        """The five with the least, the least first, none of them among the five with the most."""
        return tuple(reversed(self.households[SHOWN:][-SHOWN:]))

    @property
    def total_fen(self) -> int:
        """What all of them earned."""
        return sum(one.income_fen for one in self.households)

    @property
    def without(self) -> int:
        """How many earned nothing."""
        return sum(1 for one in self.households if not one.income_fen)

    @property
    def median_fen(self) -> int | None:
        """What the household in the middle earned; None when there are none."""
        count = len(self.households)
        if not count:
            return None
        low, high = self.households[count // 2].income_fen, self.households[(count - 1) // 2].income_fen
        return (low + high) // 2


def incomes_of(*, county_id: int, village: str, now: datetime) -> Incomes:
    """What households of `village` (all when it is "" or unknown) earned in the last thirty days."""
    everyone = people.household_incomes(county_id=county_id, since=now - MONTH, until=now)
    villages = sorted({(one.village, one.village_en) for one in everyone if one.village})
    known = village if village in {name for name, _name_en in villages} else ""
    return Incomes(
        households=tuple(one for one in everyone if not known or one.village == known),
        villages=tuple(villages),
        village=known,
    )


def masked(households: Iterable[HouseholdIncome]) -> tuple[HouseholdIncome, ...]:
    """Households whose names nobody asked to read: the first letter, and the number that tells them apart."""
    return tuple(
        replace(one, name=masked_name(one.name), name_en=masked_name(one.name_en)) for one in households
    )


def masked_name(name: str) -> str:
    """A household's name where nobody asked to read it: its first letter."""
    return f"{name[:1]}**"
