"""What supply tells the faces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fieldcast.outside.types import Money


@dataclass(frozen=True)
class CategoryStock:
    """Units of one category and unit by where they are: harvested = on hand + reserved + sold + written off."""

    category: str
    unit: str
    lots: int
    harvested: int
    on_hand: int
    reserved: int
    sold: int
    written_off: int


@dataclass(frozen=True)
class ChannelSales:
    """Orders of one outside platform, all that were imported."""

    channel: str
    money: Money


@dataclass(frozen=True)
class Overview:
    """The county's day: production, stock, parcels, own sales and, apart from them, outside sales.

    `hours` are the fen paid in each of the day's 24 hours. `on_time_bp`: of the orders paid two to sixteen days ago,
    the part sent within 48 hours, in basis points; None when there were none.
    """

    day: date
    stock: tuple[CategoryStock, ...]
    placed: int
    orders: int
    packs: int
    sales_fen: int
    sales_week_before_fen: int
    hours: tuple[int, ...]
    parcels: Mapping[str, int]
    on_time_bp: int | None
    outside: tuple[ChannelSales, ...]
    computed_at: datetime
