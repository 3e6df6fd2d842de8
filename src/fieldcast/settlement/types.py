"""What settlement tells the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from fieldcast.agreements.calculation import Share, Slice
from fieldcast.agreements.cover.types import Room


class PayoutState(StrEnum):
    """A payout leaves the wallet when it is sent and is confirmed by the bank."""

    SENT = "sent"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


@dataclass(frozen=True)
class StatementLineView:
    """A line: `formula` applied to `inputs` gives `amount_fen`; `sentence` says it in the reader's language."""

    id: int
    order_line_id: int | None
    order_number: str
    product: str
    product_en: str
    agreement_version_id: int
    clause: int
    kind: str
    title: str
    sentence: str
    formula: str
    inputs: Mapping[str, Any]
    amount_fen: int


@dataclass(frozen=True)
class LineGroup:
    """Lines of one clause, product and terms added up, as a statement shows them: 70 boxes × ¥19.00."""

    kind: str
    clause: int
    title: str
    sentence: str
    amount_fen: int


@dataclass(frozen=True)
class StatementSummary:
    """A statement in a list: of a session, or of a month of an agreement (`session_id` None)."""

    id: int
    county_id: int
    organisation_id: int | None
    number: str
    party: str
    party_name: str
    party_name_en: str
    role: str
    session_id: int | None
    session_title: str
    session_title_en: str
    total_fen: int
    issued_at: datetime
    paid_at: datetime | None


@dataclass(frozen=True)
class StatementView:
    """A whole statement, and where each yuan of the session's sales went."""

    summary: StatementSummary
    groups: tuple[LineGroup, ...]
    lines: tuple[StatementLineView, ...]
    slices: tuple[Slice, ...]
    gross_fen: int
    agreement_name: str
    agreement_number: int
    paid_out_fen: int
    early_fen: int = 0
    returned_fen: int = 0


@dataclass(frozen=True)
class SessionSettlement:
    """How far a session is settled. `settled_fen` is paid less refunded; statements sum to it when all is well."""

    statements: int
    statements_fen: int
    settled_lines: int
    settled_fen: int
    payout_fen: int


@dataclass(frozen=True)
class RunResult:
    """What one settlement run did. `payout_fen` left the ledger; `drawn_fen` came from deposits and funds.

    `waiting` lines are not covered and were not settled; `short` are the sellers whose settlement was stopped.
    """

    orders: int
    lines: int
    statements: int
    gross_fen: int
    payout_fen: int
    drawn_fen: int = 0
    waiting: int = 0
    short: tuple[int, ...] = ()

    def __add__(self, other: "RunResult") -> "RunResult":
        """What two parts of a run did together."""
        return RunResult(
            orders=self.orders + other.orders,
            lines=self.lines + other.lines,
            statements=self.statements + other.statements,
            gross_fen=self.gross_fen + other.gross_fen,
            payout_fen=self.payout_fen + other.payout_fen,
            drawn_fen=self.drawn_fen + other.drawn_fen,
            waiting=self.waiting + other.waiting,
            short=tuple(sorted({*self.short, *other.short})),
        )


NOTHING: Final = RunResult(orders=0, lines=0, statements=0, gross_fen=0, payout_fen=0)


@dataclass(frozen=True)
class Standing:
    """What stands behind a cooperative and what leans on it.

    `pledged_fen`: what its open offers and unsettled lines need beyond their price. `free_deposit_fen` may go back.
    """

    cooperative_id: int
    name: str
    name_en: str
    deposit_fen: int
    rooms: tuple[Room, ...]
    owed_fen: int
    pledged_fen: int
    free_deposit_fen: int
    waiting: "Waiting | None"

    @property
    def room_fen(self) -> int:
        """What its funds would still give."""
        return sum(room.room_fen for room in self.rooms)

    @property
    def cover_fen(self) -> int:
        """Deposit and funds together."""
        return self.deposit_fen + self.room_fen

    @property
    def free_fen(self) -> int:
        """What can still be pledged."""
        return max(0, self.cover_fen - self.pledged_fen)

    @property
    def matters(self) -> bool:
        """Something stands behind the cooperative, leans on it or is owed by it."""
        return bool(self.cover_fen or self.pledged_fen or self.owed_fen)


class WhyWaiting(StrEnum):
    """Why finished lines are not settled: nobody covers them; the escrow lacks money; their terms do not fit."""

    COVER = "cover"
    ESCROW = "escrow"
    TERMS = "terms"


@dataclass(frozen=True)
class Waiting:
    """A seller's finished lines that the next run cannot settle. `net_fen` is what buyers paid for them and kept paid.

    `missing_fen` more (in deposit and funds, or in the escrow) and they are settled.
    """

    seller_id: int
    reason: WhyWaiting
    lines: int
    net_fen: int
    missing_fen: int
    deposit_fen: int
    room_fen: int
    owed_fen: int
    orders: tuple[str, ...]
    since: datetime


@dataclass(frozen=True)
class StatementsRead:
    """Up to where statements, their lines and the book beside them were read and nothing was wrong: ids and sums.

    `shared_fen`: all that order lines were shared out for. `said` and `moved`: what statements say each party gets and
    what the book moved to it, by its name in the ledger.
    """

    line_id: int
    statement_id: int
    posting_id: int
    transfer_id: int
    shared_fen: int
    said: Mapping[str, int]
    moved: Mapping[str, int]


@dataclass(frozen=True)
class SettlementImbalance:
    """What the settlement invariant finds wrong; all zero and empty when nothing is.

    `formulas_fen`: lines whose formula gives another amount. `totals_fen`: statements that do not say the sum of their
    lines. `orders_fen`: order lines whose shares do not sum to what was paid less what was refunded. `book_fen`:
    parties whose statements differ from what the ledger moved to them.
    """

    formulas_fen: int
    totals_fen: int
    orders_fen: int
    book_fen: int
    lines: tuple[int, ...]
    statements: tuple[int, ...]
    order_lines: tuple[int, ...]

    @property
    def unexplained_fen(self) -> int:
        """One number for a report: every fen under each head under which it is out of place."""
        return self.formulas_fen + self.totals_fen + self.orders_fen + self.book_fen


class Stage(StrEnum):
    """How far the money of a line has come: paid, sent, received, past the time for refunds."""

    TO_SEND = "to_send"
    ON_ITS_WAY = "on_its_way"
    AFTER_SALE = "after_sale"
    SETTLING = "settling"


@dataclass(frozen=True)
class ComingLine:
    """A line and what of it is still to come to the party, with its shares. `net_fen`: what the buyer paid and did not
    get back.

    `early_fen` was paid before the time for refunds was over, `reserve_bp` of the party's share is kept until then.
    """

    order_line_id: int
    order_number: str
    lot_id: int
    packs: int
    stage: Stage
    paid_at: datetime
    after_sale_until: datetime | None
    net_fen: int
    fen: int
    early_fen: int = 0
    reserve_bp: int = 0
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Coming:
    """What is to come to a party, line by line; `unknown` packs cannot be shared out under their terms."""

    lines: tuple[ComingLine, ...]
    unknown: int

    def of(self, *stages: Stage) -> tuple[ComingLine, ...]:
        """Its lines at these stages."""
        return tuple(line for line in self.lines if line.stage in stages)

    def fen(self, *stages: Stage) -> int:
        """What of these stages comes to the party; of all where none is named."""
        return sum(line.fen for line in (self.of(*stages) if stages else self.lines))

    def net_fen(self, *stages: Stage) -> int:
        """What buyers paid for these stages and did not get back; of all where none is named."""
        return sum(line.net_fen for line in (self.of(*stages) if stages else self.lines))

    @property
    def packs(self) -> int:
        """Packs that are not settled."""
        return sum(line.packs for line in self.lines) + self.unknown
