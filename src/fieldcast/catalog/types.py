"""What the catalogue tells the other rooms."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from fieldcast.files.types import FileView

# As they are written on the boxes, best first. A lot may be of another grade; forms offer these.
GRADES: Final = ("特级", "一级", "二级", "统货")


class Category(StrEnum):
    """Kinds of produce."""

    FRUIT = "fruit"
    VEGETABLE = "vegetable"
    TEA = "tea"
    MUSHROOM = "mushroom"
    EGG = "egg"


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


@dataclass(frozen=True)
class LotView:
    """A lot. Quantities are in `product.unit`."""

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


@dataclass(frozen=True)
class YieldCheck:
    """How much of a plot's season ceiling is used. Quantities in lot units."""

    area_mu: Decimal
    ceiling_per_mu: int
    ceiling: int
    already: int
    wanted: int

    @property
    def room(self) -> int:
        """What the plot can still bear this season."""
        return max(0, self.ceiling - self.already)


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
