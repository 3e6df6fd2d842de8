"""A county with a sale in it, and someone of its authority at the dashboard."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.supervision.operations import report_sales
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.models import Refund
from fieldcast.trade.types import OrderView
from tests.factories.trade import Sale, later, make_order, make_sale
from tests.web.shared.desk import ENGLISH, browser, make_officer

THREE_DAYS = timedelta(days=3).total_seconds()


@dataclass(frozen=True)
class Desk:
    """An officer's browser, and the sale of the county they look at."""

    sale: Sale
    officer: Person
    client: Client

    @property
    def county_id(self) -> int:
        """The county's id."""
        return self.sale.stall.county_id

    def get(self, where: str = "", /, **data: Any) -> Any:
        """Open a page of the county."""
        return self.client.get(f"/county/{where}", data or None)

    def part(self, where: str) -> Any:
        """What a page's script fetches into it."""
        return self.client.get(f"/county/{where}", headers={"HX-Request": "true"})


def make_desk(sale: Sale | None = None, *, language: dict[str, str] = ENGLISH) -> Desk:
    """An officer of a county with a live session."""
    sale = sale or make_sale()
    officer = make_officer(sale.stall.county_id)
    return Desk(sale=sale, officer=officer, client=browser(officer, language=language))


def end(sale: Sale) -> None:
    """The session is over."""
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(10))


def report(sale: Sale, *, packs: int, amount_fen: int) -> None:
    """The presenter says what was sold."""
    report_sales(
        by=sale.stall.presenter, session_id=sale.session.id, packs=packs, amount_fen=amount_fen, now=later(20)
    )


def stick(sale: Sale, amount_fen: int = 500) -> OrderView:
    """An order whose refund the provider would not take."""
    order = make_order(sale, until="received")
    trade_operations.refund_after_sale(
        by=sale.stall.chief, order_id=order.id, amount_fen=amount_fen, reason="坏果", now=later(5)
    )
    Refund.objects.filter(order_id=order.id).update(state="failed")
    return order
