"""What the catalogue tells the other rooms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from fieldcast.files.types import FileView

NUMBERED: Final = re.compile(r"(\d{1,3}) ?号[园地田棚塘]")  # 1 号园, 12号棚

# As they are written on the boxes, best first. A lot may be of another grade; forms offer these.
GRADES: Final = ("特级", "一级", "二级", "统货")


class Category(StrEnum):
    """Kinds of produce."""

    FRUIT = "fruit"
    VEGETABLE = "vegetable"
    TEA = "tea"
    MUSHROOM = "mushroom"
    EGG = "egg"


# How many days after it was picked the longest keeping of each kind may still be sold: apples and potatoes in store,
# dried mushrooms, pressed tea. What is older is a slip of the year, or not to be sold.
KEEPS_DAYS: Final[Mapping[Category, int]] = {
    Category.FRUIT: 365,
    Category.VEGETABLE: 365,
    Category.TEA: 3 * 365,
    Category.MUSHROOM: 2 * 365,
    Category.EGG: 60,
}


# What is fresh cannot be sent back without a reason within seven days (Consumer Protection Law, art. 25).
FRESH: Final = frozenset({Category.FRUIT, Category.VEGETABLE, Category.MUSHROOM, Category.EGG})


class Unit(StrEnum):
    """What a lot is counted in: 斤 (500 g), eggs by the piece, tea by 两 (50 g)."""

    JIN = "jin"
    PIECE = "piece"
    LIANG = "liang"


class LotState(StrEnum):
    """A stopped lot may not be sold: a failed test or an open question stops it."""

    OPEN = "open"
    STOPPED = "stopped"
    FINISHED = "finished"


@dataclass(frozen=True)
class ProductView:
    """A product. `yield_ceiling_per_mu` is in lot units per mu (667 m²) and season."""

    id: int
    code: str
    category: Category
    name: str
    name_en: str
    unit: Unit
    yield_ceiling_per_mu: int
    picture: str
    season_from: int
    season_to: int

    @property
    def fresh(self) -> bool:
        """Does it spoil, so that it cannot come back without a reason?"""
        return self.category in FRESH


@dataclass(frozen=True)
class PlotView:
    """A plot with its farm, household and cooperative."""

    id: int
    name: str
    area_mu: Decimal
    farm_id: int
    farm_name: str
    household_id: int
    cooperative_id: int | None
    village: str
    village_en: str
    farm_name_en: str = ""

    @property
    def name_en(self) -> str:
        """A plot that only has a number in English, as most are called; empty for one with a name of its own."""
        numbered = NUMBERED.fullmatch(self.name)
        return f"Plot {numbered[1]}" if numbered else ""


@dataclass(frozen=True)
class LotView:
    """A lot. Quantities are in `product.unit`. `origin_id`: the lot it was sorted out of."""

    id: int
    county_id: int
    code: str
    product: ProductView
    plot: PlotView
    cooperative_id: int
    grade: str
    harvested_on: date
    quantity: int
    note: str
    state: LotState
    origin_id: int | None = None

    @property
    def picked_as(self) -> int:
        """The lot it was picked as: its own id, or that of the lot it was sorted out of."""
        return self.origin_id or self.id


@dataclass(frozen=True)
class CropView:
    """What a plot is declared to grow. `perennial`: it stands there for years; else it is sown for a season.

    `declared_by` is empty where it was taken from what the plot had grown already.
    """

    plot_id: int
    product: ProductView
    perennial: bool
    declared_by: str
    declared_at: datetime


@dataclass(frozen=True)
class PlotShare:
    """What a product takes of a plot in a season, in lot units."""

    product: ProductView
    quantity: int

    @property
    def mu(self) -> Fraction:
        """The mu it needs at the most its product can bear."""
        return Fraction(self.quantity, max(1, self.product.yield_ceiling_per_mu))


@dataclass(frozen=True)
class PlotUse:
    """A plot at the time at which most of it is taken: the shares that then lie on it together, the largest first."""

    area_mu: Decimal
    shares: tuple[PlotShare, ...]

    @property
    def mu(self) -> Fraction:
        """What they take in all."""
        return sum((share.mu for share in self.shares), Fraction())

    @property
    def percent(self) -> int:
        """How much of the plot that is; more than a hundred where lots are older than this rule."""
        return percent_of(self.mu, self.area_mu)

    @property
    def parts(self) -> tuple[tuple[PlotShare, int], ...]:
        """Each share with its part of the plot in whole per cent."""
        return tuple((share, percent_of(share.mu, self.area_mu)) for share in self.shares)


def percent_of(mu: Fraction, area_mu: Decimal) -> int:
    """A part of a plot in whole per cent."""
    return round(100 * mu / Fraction(area_mu))


@dataclass(frozen=True)
class YieldCheck:
    """How much of a plot is used in a product's season. Quantities in lot units.

    `ceiling`: what all of the plot could bear of the product; `others`: what grows there beside it at the time at which
    they take most.
    """

    area_mu: Decimal
    ceiling_per_mu: int
    ceiling: int
    already: int
    wanted: int
    product: ProductView
    others: tuple[PlotShare, ...] = ()

    @property
    def room(self) -> int:
        """What the plot can still bear of the product this season, beside everything else."""
        return max(0, self.left - self.already)

    @property
    def left(self) -> int:
        """What the ground that others leave can bear of the product."""
        taken = sum((share.mu for share in self.others), Fraction())
        return max(0, int((Fraction(self.area_mu) - taken) * self.ceiling_per_mu))

    @property
    def fits(self) -> bool:
        """Can the plot bear what is wanted?"""
        return self.already + self.wanted <= self.left

    @property
    def use(self) -> PlotUse:
        """The plot with what is registered and wanted, and everything beside it."""
        own = PlotShare(product=self.product, quantity=self.already + self.wanted)
        shares = (own, *self.others) if own.quantity else self.others
        return PlotUse(area_mu=self.area_mu, shares=shares)


@dataclass(frozen=True)
class Harvest:
    """Lots of one category and unit, and the units they had when they were registered."""

    category: str
    unit: str
    lots: int
    quantity: int


@dataclass(frozen=True)
class LotFileView:
    """A photo or paper of a lot; a `public` one is everyone's to see until it is withdrawn."""

    id: int
    lot_id: int
    cooperative_id: int
    file: FileView
    public: bool
    added_by: str
    added_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
