"""How much of a plot its lots take: shares of its area, summed over everything it grows in the time they overlap.

A lot takes as many mu as it would need at the most its product can bear: 1,140 jin of peaches at 4,000 a mu are 0.285
mu. What stands there for years (trees, tea) takes its share of a whole year; what is sown takes it in the months of its
season, so that two crops can follow one another on the same ground. At no moment may the shares be more than the plot.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from fieldcast.catalog.types import Category, PlotShare, ProductView
from fieldcast.kit.months import next_month

STAYS: Final = (Category.FRUIT, Category.TEA, Category.EGG)  # where nobody has said otherwise


@dataclass(frozen=True)
class Planting:
    """A product of one season on a plot, with what is registered of it, and the days in which it takes its share."""

    share: PlotShare
    season: date
    first: date
    until: date

    def overlaps(self, first: date, until: date) -> bool:
        """Does it take ground on a day of [first, until)?"""
        return self.first < until and first < self.until


def season_of(what: ProductView, day: date) -> tuple[date, date]:
    """First day of the product's season around `day`, and the first day of the next one."""
    start = what.season_from if what.season_from > what.season_to else 1
    year = day.year if day.month >= start else day.year - 1
    return date(year, start, 1), date(year + 1, start, 1)


def time_of(what: ProductView, day: date, *, perennial: bool) -> tuple[date, date]:
    """The days [first, until) in which what was picked on `day` takes its share of the ground."""
    first, following = season_of(what, day)
    if perennial:
        return first, following
    begins = date(first.year, what.season_from, 1)
    ends = next_month(date(first.year + (what.season_from > what.season_to), what.season_to, 1))
    picked = day.replace(day=1)  # a season that was early or late is as long as it was
    return min(begins, picked), max(ends, next_month(picked))


def plantings(
    lots: Iterable[tuple[ProductView, date, int]], *, perennial: dict[int, bool]
) -> tuple[Planting, ...]:
    """Lots of one plot (product, day, quantity) as what was planted there, by product and season."""
    found: dict[tuple[int, date], Planting] = {}
    for what, day, quantity in lots:
        stays = perennial.get(what.id, what.category in STAYS)
        first, until = time_of(what, day, perennial=stays)
        season, _following = season_of(what, day)
        added = PlotShare(product=what, quantity=quantity)
        known = found.get((what.id, season))
        if known is None:
            found[(what.id, season)] = Planting(share=added, season=season, first=first, until=until)
        else:
            found[(what.id, season)] = replace(
                known,
                share=replace(added, quantity=known.share.quantity + quantity),
                first=min(known.first, first),
                until=max(known.until, until),
            )
    return tuple(found.values())


def fullest(found: Iterable[Planting], *, first: date, until: date) -> tuple[PlotShare, ...]:
    """The shares that lie on the plot together on the day of [first, until) on which most of it is taken.

    Shares only begin and end, so that day is the first one or one on which something begins.
    """
    there = [one for one in found if one.overlaps(first, until)]
    days = sorted({first, *(max(first, one.first) for one in there)})
    together = [tuple(one.share for one in there if one.first <= day < one.until) for day in days]
    shares = max(together, key=lambda one: sum((share.mu for share in one), Fraction()))
    return tuple(sorted(shares, key=lambda share: -share.mu))
