"""Lots as pages that sell or grow them show them: each with its units, read for a whole page at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import LotState, LotView
from fieldcast.kit.pages import Page
from fieldcast.trade import queries as trade
from fieldcast.trade.types import StockView
from fieldcast.web.shared.words import grade_name

LOW_PERCENT = 15  # of what was harvested
MOST_LOTS = 200


@dataclass(frozen=True)
class LotRow:
    """A lot and its units."""

    lot: LotView
    stock: StockView

    @property
    def grade(self) -> str:
        """The grade in the reader's language."""
        return grade_name(self.lot.grade)

    @property
    def sellable(self) -> bool:
        """May it be offered, and is something free?"""
        return self.lot.state == LotState.OPEN and self.stock.free > 0

    @property
    def gone(self) -> bool:
        """Open still, and nothing of it is left that could be sold."""
        return self.lot.state == LotState.OPEN and self.stock.on_hand == 0 and self.stock.reserved == 0

    @property
    def low(self) -> bool:
        """Still open, with little of it left on hand."""
        return (
            self.lot.state == LotState.OPEN
            and 0 < self.stock.on_hand <= self.stock.harvested * LOW_PERCENT // 100
        )


def lot_rows(lots: Iterable[LotView]) -> tuple[LotRow, ...]:
    """Lots with their units, in the order given."""
    shown = tuple(lots)
    stocks = trade.stocks(lot_ids={lot.id for lot in shown}) if shown else {}
    return tuple(LotRow(lot=lot, stock=stocks[lot.id]) for lot in shown)


def page_of_rows(page: Page[LotView]) -> Page[LotRow]:
    """A page of lots with their units."""
    return Page(items=lot_rows(page.items), total=page.total, number=page.number, per_page=page.per_page)


def open_rows(*, county_id: int, cooperative_id: int) -> tuple[LotRow, ...]:
    """A cooperative's open lots, newest harvest first."""
    page = catalog.lots(
        county_id=county_id, cooperative_id=cooperative_id, state=LotState.OPEN, per_page=MOST_LOTS
    )
    return lot_rows(page.items)
