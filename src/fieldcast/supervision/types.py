"""What supervision tells the faces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from fieldcast.settlement.types import SessionSettlement
from fieldcast.trade.types import SessionPayments, SessionSales


@dataclass(frozen=True)
class Comparison:
    """A reported figure beside the same figure from our own records. `reported` None: the host has not said."""

    what: str
    reported: int | None
    orders: int
    paid: int
    parcels: int
    difference: int | None


@dataclass(frozen=True)
class Verification:
    """Sales of a session as reported and as recorded; `agrees` is None while there is no report."""

    session_id: int
    session_title: str
    host_id: int
    host_name: str
    host_name_en: str
    packs: Comparison
    amount: Comparison
    agrees: bool | None
    reported_at: datetime | None
    computed_at: datetime


@dataclass(frozen=True)
class AttentionItem:
    """Something a person should look at. `kind` names the check; `severity` is danger, caution or info.

    `facts` are further figures of its sentence.
    """

    kind: str
    severity: str
    subject: str
    subject_en: str
    figure: int
    since: datetime
    link: str
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SessionBooks:
    """A session from its first order to its last payout, every figure read from the rows."""

    session_id: int
    sales: SessionSales
    payments: SessionPayments
    settlement: SessionSettlement


@dataclass(frozen=True)
class Work:
    """What was due and has not happened, in orders, refunds, order lines and jobs. All zero while workers are well."""

    holds_overdue: int
    refunds_unsent: int
    closings_overdue: int
    lines_unsettled: int
    stuck_jobs: int
    checked_at: datetime

    @property
    def waiting(self) -> int:
        """How many things wait, of all kinds together."""
        figures = (self.holds_overdue, self.refunds_unsent, self.closings_overdue, self.lines_unsettled)
        return sum(figures) + self.stuck_jobs


@dataclass(frozen=True)
class Invariants:
    """The rules that always hold, recomputed from the rows. All zero and empty, and `ok`, when they do.

    `orders_wrong` orders, parcels or settled lines, `holds_wrong` holds and `trails_broken` memberships, rights or
    addresses are not as their rows bear out; steps of orders, histories of offers and the functions of the database
    that decide about orders count among `orders_wrong`. Fen that do not lead back to rows: `refunds_fen` on order
    lines, `unbacked_fen` in the ledger, `escrow_fen` of sellers, `payouts_fen` of payouts, `payout_over_paid_in_fen`
    beyond what came in.
    What was due and has not happened: `holds_overdue`, `refunds_unsent`, `closings_overdue` orders or refunds,
    `lines_unsettled` order lines, `stuck_jobs` jobs.
    `read_since`: before that, statements and what the book moved for them were right and were not read again; None
    when everything was read.
    `guards_can_be_switched_off` is no broken rule but a warning: the platform's database user owns its tables.
    """

    ok: bool
    oversold: int
    lot_imbalance_units: int
    ledger_imbalance_fen: int
    unexplained_fen: int
    broken_histories: int
    orders_wrong: int
    refunds_fen: int
    holds_wrong: int
    unbacked_fen: int
    escrow_fen: int
    payouts_fen: int
    payout_over_paid_in_fen: int
    trails_broken: int
    holds_overdue: int
    refunds_unsent: int
    closings_overdue: int
    lines_unsettled: int
    stuck_jobs: int
    guards_can_be_switched_off: bool
    details: tuple[str, ...]
    checked_at: datetime
    read_since: datetime | None
