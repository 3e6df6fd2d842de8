"""What a household's plots have given this season, beside what they can bear."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fieldcast.catalog.bearing import season_of
from fieldcast.catalog.types import LotView, PlotView, ProductView


@dataclass(frozen=True)
class SeasonLine:
    """A product of a plot: lot units registered this season, and the most the plot can bear."""

    plot: PlotView
    product: ProductView
    registered: int
    ceiling: int

    @property
    def percent(self) -> int:
        """How much of the ceiling is used."""
        return round(100 * self.registered / self.ceiling) if self.ceiling else 100


def season_lines(lots: Iterable[LotView], *, today: date) -> tuple[SeasonLine, ...]:
    """Each plot and product with lots of the season that runs today."""
    sums: dict[tuple[int, int], tuple[LotView, int]] = {}
    for lot in lots:
        first, following = season_of(lot.product, today)
        if lot.origin_id is None and first <= lot.harvested_on < following:
            key = (lot.plot.id, lot.product.id)
            sums[key] = (lot, sums.get(key, (lot, 0))[1] + lot.quantity)
    return tuple(
        SeasonLine(
            plot=lot.plot,
            product=lot.product,
            registered=total,
            ceiling=int(lot.plot.area_mu * lot.product.yield_ceiling_per_mu),
        )
        for lot, total in sums.values()
    )
