"""What a plot can still bear, beside the form that registers a lot of it."""

from dataclasses import dataclass

from fieldcast.catalog.types import YieldCheck


@dataclass(frozen=True)
class PlotRoom:
    """What a plot can still bear of a product this season, in words beside a form. `wanted` 0: not said yet."""

    plot_id: int
    check: YieldCheck
    unit: str
    declared: bool

    @property
    def after(self) -> int:
        """What would be registered with the wanted units."""
        return self.check.already + self.check.wanted

    @property
    def too_much(self) -> bool:
        """Is more wanted than the plot can bear?"""
        return not self.check.fits
