"""What an import reads, refuses and reports, and what reports read of orders from outside.

Three amounts mean the same in every format, whatever a platform calls them, and the same as in our own orders:
`amount_fen` is what the buyer was asked to pay, `paid_fen` what the buyer paid (refunds **not** taken off),
`refund_fen` what of it went back, None where the export does not say (unknown is not zero). So `refund ≤ paid ≤
amount`, and for an order without a payment time both are zero. What the seller kept is `paid - refund`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from fieldcast.kit.errors import Sentence, filled


class Field(StrEnum):
    """What a column can hold. The value is the name `--map` takes."""

    NUMBER = "number"
    AMOUNT = "amount"
    PAID = "paid"
    REFUND = "refund"
    PROVINCE = "province"
    CITY = "city"
    ADDRESS = "address"
    CREATED = "created"
    PAID_AT = "paid_at"
    PRODUCT = "product"
    QUANTITY = "quantity"
    STATUS = "status"
    AFTER_SALE = "after_sale"


class Stage(StrEnum):
    """Where an import is, for its progress bar."""

    READING = "reading"
    COMPARING = "comparing"
    SAVING = "saving"


class Progress(Protocol):
    """Called now and then: `done` of about `total` rows of `stage`."""

    def __call__(self, *, stage: Stage, done: int, total: int) -> None:
        """Show it, or forget it."""


@dataclass(frozen=True)
class Column:
    """A column of an export: what it holds, the titles it is known under (the platform's own first)."""

    field: Field
    names: tuple[str, ...]
    required: bool = True  # the file must have the column
    may_be_empty: bool = False  # a cell may be blank
    per_line: bool = (
        False  # of several rows of one order: added up, or listed; else said once, the same on each
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """The cells of one row, read but not yet judged. None: the cell is empty, or there is no such column."""

    amount_fen: int
    paid_fen: int | None = None
    refund_fen: int | None = None
    paid_at: datetime | None = None
    status: str = ""
    after_sale: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """What of an order's amount the buyer paid, and what of that went back; None is unknown."""

    paid_fen: int
    refund_fen: int | None


@dataclass(frozen=True, slots=True)
class Times:
    """When an order was placed (None: the row does not say) and paid (None: it was not)."""

    created: datetime | None
    paid: datetime | None


@dataclass(frozen=True)
class Format:
    """A platform's export: its columns, and what its amounts and states say about the money of a paid order.

    `unpaid` are states of orders that nobody has paid, whatever times they bear; `deleted` begins the states of rows
    that the platform itself counts no longer; `times` says when, where the columns alone do not.
    """

    code: str
    label: Sentence
    columns: tuple[Column, ...]
    money: Callable[[Facts], Paid]
    unpaid: frozenset[str] = frozenset()
    deleted: str = ""
    times: Callable[[str, str, Times], Times] | None = None  # number, state and what the columns say

    @property
    def joins_rows(self) -> bool:
        """May an order stand on several rows, one for each product?"""
        return any(column.per_line for column in self.columns)


@dataclass(frozen=True, slots=True)
class IncomingOrder:
    """A good row, ready to be stored. `line` is the physical line it starts on; text is "" where unknown."""

    line: int
    number: str
    amount_fen: int
    paid_fen: int
    refund_fen: int | None
    province: str
    city: str
    product_title: str
    quantity: int | None
    created_at: datetime
    paid_at: datetime | None


@dataclass(frozen=True)
class BadCell:
    """Why a row cannot be taken. `reason` may hold `%(name)s` places, filled from `facts`, in the reader's language."""

    line: int
    column: str
    value: str
    reason: Sentence
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The reason in the language active now."""
        return filled(self.reason, self.facts)

    def as_dict(self) -> dict[str, Any]:
        """Line, column, value and the reason in the language active now, for the API and `--json`."""
        return {"line": self.line, "column": self.column, "value": self.value, "reason": self.message}


@dataclass(frozen=True)
class Money:
    """Sums over orders, in fen. `refund_fen` leaves out the `refunds_unknown` orders whose refund is not known."""

    orders: int = 0
    paid_orders: int = 0
    amount_fen: int = 0
    paid_fen: int = 0
    refund_fen: int = 0
    refunds_unknown: int = 0

    @property
    def kept_fen(self) -> int:
        """What the sellers kept; less than this where `refunds_unknown` is not zero."""
        return self.paid_fen - self.refund_fen


@dataclass(frozen=True)
class Aside:
    """What of a file was not taken as an order of its own, and what of its orders is not known.

    `above` and `below`: lines over the header (titles, dates) and under the last order (sums, remarks). `joined`: rows
    that are further lines of an order that stands before them. `deleted`: rows that the platform itself counts no
    longer. `sheets`: sheets of a workbook that hold other things. `places_unknown`: orders without a known province.
    """

    above: int = 0
    below: int = 0
    joined: int = 0
    deleted: int = 0
    sheets: tuple[str, ...] = ()
    places_unknown: int = 0


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or with `dry_run` would do. inserted + updated + unchanged + older = rows.

    `rows` are rows of orders: of an order on several rows only the first. `older` rows say less than what is already
    here (an earlier export) and are left as they are. `batch_id` is the batch that was written, or the one that brought
    this same file before (`seen_before`), or None. `of_others` of the rows are here as orders of `others`:
    organisations' ids, None for the county itself.
    """

    channel: str
    file_name: str
    sha256: str
    encoding: str
    rows: int
    inserted: int
    updated: int
    unchanged: int
    older: int
    dry_run: bool
    seen_before: bool
    batch_id: int | None
    money: Money
    first_created_at: datetime
    last_created_at: datetime
    of_others: int = 0
    others: tuple[int | None, ...] = ()
    aside: Aside = field(default_factory=Aside)

    @property
    def all_of_others(self) -> bool:
        """Nothing in the file is, or would be, an order of the organisation that brings it in."""
        return self.of_others == self.rows

    @property
    def changes_nothing(self) -> bool:
        """Every order of the file is here already, as it stands in the file or newer."""
        return not self.inserted and not self.updated


@dataclass(frozen=True)
class OutsideFilter:
    """Which orders a report is about; None or "" does not narrow. `since` to `until`: days in China, both included."""

    county_id: int
    organisation_id: int | None = None
    channel: str = ""
    province: str = ""
    number: str = ""
    batch_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Share:
    """One line of a report: the channel, day or province, and its sums. "" is an unknown province."""

    key: str
    money: Money


@dataclass(frozen=True)
class OutsideOrderRow:
    """An order from outside as lists show it."""

    id: int
    channel: str
    number: str
    organisation_id: int | None
    amount_fen: int
    paid_fen: int
    refund_fen: int | None
    province: str
    city: str
    product_title: str
    quantity: int | None
    created_at: datetime
    paid_at: datetime | None
    batch_id: int


@dataclass(frozen=True)
class BatchRow:
    """One import that changed something."""

    id: int
    channel: str
    file_name: str
    sha256: str
    organisation_id: int | None
    rows: int
    inserted: int
    updated: int
    unchanged: int
    older: int
    imported_by_id: int | None
    created_at: datetime


@dataclass(frozen=True)
class Revision:
    """What an order said before a later export changed it."""

    amount_fen: int
    paid_fen: int
    refund_fen: int | None
    paid_at: datetime | None
    batch_id: int
    replaced_by_batch_id: int
    replaced_at: datetime
