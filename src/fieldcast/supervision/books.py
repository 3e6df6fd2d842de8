"""Whether the books hold: every rule recomputed from its rows, each by the room that owns them, gathered here.

A group of checks is one line of `GROUPS` and one field of `Invariants` of the same name, zero when nothing is wrong.
Where rows never change and grow with history, a group reads what came after `Books.since`, when that is given.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.db import connection, transaction

from fieldcast.accounts import trails
from fieldcast.agreements.bonds import relations as bond_relations
from fieldcast.agreements.bonds import seals as bond_seals
from fieldcast.agreements.cover import relations as cover_relations
from fieldcast.agreements.cover import seals
from fieldcast.desk.checks import wrong_items
from fieldcast.joining.checks import wrong_ways_in
from fieldcast.kit.found import Found
from fieldcast.ledger import queries as ledger
from fieldcast.settlement import beside_money, reconciliation
from fieldcast.settlement import seals as settlement_seals
from fieldcast.settlement.checks import settlement_imbalance
from fieldcast.supervision import marks
from fieldcast.supervision.marks import Mark
from fieldcast.supervision.types import Invariants, Work
from fieldcast.supervision.work import work
from fieldcast.trace import queries as trace
from fieldcast.trade import queries as trade
from fieldcast.trade import relations as trade_relations
from fieldcast.trade.types import StockImbalance


@dataclass(frozen=True)
class Books:
    """One reading of the books: what several checks need is read once. `since`: what was read and right before."""

    now: datetime
    since: Mark | None = None

    @cached_property
    def stock(self) -> StockImbalance:
        """Units of all lots and offers."""
        return trade.stock_imbalance(county_id=None)

    @cached_property
    def work(self) -> Work:
        """What was due and has not happened."""
        return work(now=self.now, county_id=None)


Check = Callable[[Books], Found]


STANDING_STILL: Final = frozenset(
    {"holds_overdue", "refunds_unsent", "closings_overdue", "lines_unsettled", "stuck_jobs"}
)


def invariants(*, now: datetime) -> Invariants:
    """Stock, money, orders, settlement, histories and trails, each recomputed from its rows, not from a counter."""
    return _read(Books(now))


def invariants_since(*, now: datetime) -> Invariants:
    """The same, of statements and of what they and the book share only what came after the last mark.

    Everything is read when there is no mark that can be believed, or when what is new is not right. What was changed
    before the mark, behind the guards, is found by a reading of everything alone.
    """
    mark = marks.newest()
    if mark is None:
        return invariants(now=now)
    found = read_since(mark, now=now)
    return found if rows_hold(found) else invariants(now=now)


def read_since(mark: Mark, *, now: datetime) -> Invariants:
    """The same, and whatever it finds."""
    return _read(Books(now, mark))


def rows_hold(found: Invariants) -> bool:
    """Nothing is wrong but perhaps that something stands still, which time makes right."""
    return not any(getattr(found, name) for name in GROUPS.keys() - STANDING_STILL)


def _read(books: Books) -> Invariants:
    with _one_moment():
        found = {name: check(books) for name, check in GROUPS.items()}
    details = tuple(line for one in found.values() for line in one.details)
    figures = {name: one.figure for name, one in found.items()}
    return Invariants(
        **figures,
        ok=not (any(figures.values()) or details),
        guards_can_be_switched_off=guards_can_be_switched_off(),
        details=details,
        checked_at=books.now,
        read_since=books.since.at if books.since else None,
    )


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every statement sees the rows as they are now: what is settled between two of them would look like a difference.

    Inside a transaction that has begun it is too late to ask for that.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def guards_can_be_switched_off() -> bool:
    """True when the database user the platform is owns tables or is all-powerful: its guards then hold by its leave."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND pg_has_role(current_user, relowner, 'MEMBER'))"
        )
        return bool(cursor.fetchone()[0])


def _oversold(stock: StockImbalance) -> Found:
    return Found(
        stock.oversold, tuple(f"oversold: offer {offer}" for offer in stock.offers) if stock.oversold else ()
    )


def _stock(stock: StockImbalance) -> Found:
    return Found(stock.units, tuple(f"stock: {dict(detail)}" for detail in stock.details))


def _money(since: Mark | None) -> Found:
    money = trade.money_imbalance(county_id=None)
    book = ledger.imbalance(since=since.book if since else None)
    details = [] if money.ok else [f"money: {money}"]
    details += [] if book.ok else [f"ledger: {book}"]
    return Found(book.fen + money.fen, tuple(details))


def _shares(since: Mark | None) -> Found:
    shares = settlement_imbalance(since=since.statements if since else None)
    fen = shares.unexplained_fen
    return Found(fen, (f"settlement: {shares}",) if fen else ())


def _unbacked(since: Mark | None) -> Found:
    read = since.statements if since else None
    expected = (
        *trade_relations.POSTINGS,
        *cover_relations.POSTINGS,
        *bond_relations.POSTINGS,
        *reconciliation.postings(since=read),
    )
    return ledger.unbacked(expected=expected, moved=reconciliation.moved(since=read))


def _histories() -> Found:
    broken = trace.broken_histories(county_id=None)
    return Found(len(broken), tuple(f"history of lot {lot_id} is broken" for lot_id in broken))


def _waiting(what: str, count: int) -> Found:
    return Found(count, (f"standing still: {count} {what}",) if count else ())


GROUPS: Final[Mapping[str, Check]] = {
    "oversold": lambda books: _oversold(books.stock),
    "lot_imbalance_units": lambda books: _stock(books.stock) + trade.untold_units(),
    "ledger_imbalance_fen": lambda books: _money(books.since),
    "unexplained_fen": lambda books: _shares(books.since),
    "broken_histories": lambda books: _histories(),
    "orders_wrong": lambda books: (
        trade.wrong_orders()
        + trade.wrong_steps()
        + trade.wrong_offers()
        + trade.wrong_requests()
        + trade.wrong_conversations()
        + trade.wrong_functions()
        + trade.untold_parcels()
        + reconciliation.wrong_settled_lines()
    ),
    "refunds_fen": lambda books: trade.wrong_refunds(),
    "holds_wrong": lambda books: ledger.strange_holds(expected=trade_relations.HOLDS),
    "unbacked_fen": lambda books: _unbacked(books.since),
    "escrow_fen": lambda books: reconciliation.wrong_escrow(),
    "payouts_fen": lambda books: (
        reconciliation.wrong_payouts()
        + beside_money.wrong_ways()
        + beside_money.wrong_early(everything=books.since is None)
    ),
    "payout_over_paid_in_fen": lambda books: reconciliation.paid_out_beyond_paid_in(),
    "trails_broken": lambda books: (
        trails.broken()
        + seals.broken()
        + bond_seals.broken()
        + settlement_seals.broken()
        + marks.broken()
        + wrong_items()
        + wrong_ways_in()
    ),
    "holds_overdue": lambda books: _waiting("orders held beyond their time", books.work.holds_overdue),
    "refunds_unsent": lambda books: _waiting("refunds not on their way", books.work.refunds_unsent),
    "closings_overdue": lambda books: _waiting("received orders not finished", books.work.closings_overdue),
    "lines_unsettled": lambda books: _waiting("finished lines not settled", books.work.lines_unsettled),
    "stuck_jobs": lambda books: _waiting("jobs that stand still", books.work.stuck_jobs),
}
