"""What reports tell the other rooms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fieldcast.agreements.calculation import Share


@dataclass(frozen=True)
class Whose:
    """Whose statements a report is about: a party of the book, in a county."""

    county_id: int
    party: str


@dataclass(frozen=True)
class MonthOf:
    """A month of a party: how many statements were issued in it, what they say, and what of them was paid out."""

    month: date
    statements: int
    fen: int
    paid_fen: int


@dataclass(frozen=True)
class Sum:
    """Statement lines that differ in nothing but quantities, added up. `key` finds its rows again."""

    key: str
    version_id: int
    share: Share
    title: str
    sentence: str

    @property
    def fen(self) -> int:
        """What they come to."""
        return self.share.amount_fen


@dataclass(frozen=True)
class LineOf:
    """A statement line in a report: of an order, or of a month."""

    statement_id: int
    statement_number: str
    issued_at: datetime
    about: str
    about_en: str
    order_number: str
    product: str
    product_en: str
    title: str
    sentence: str
    fen: int


@dataclass(frozen=True)
class VersionMonth:
    """What was settled under an agreement's version in a month, by role."""

    version_id: int
    by_role: Mapping[str, int]

    @property
    def net_fen(self) -> int:
        """What buyers paid and did not get back."""
        return sum(self.by_role.values())


@dataclass(frozen=True)
class Step:
    """A tier of a bonus in a month: what of the sales fell into it, and how much is missing to its beginning.

    `up_to_fen` None: it has no end.
    """

    from_fen: int
    up_to_fen: int | None
    rate_bp: int
    fen: int
    missing_fen: int


@dataclass(frozen=True)
class Tiers:
    """How far a month's sales under a version came on the tiers of a bonus. `settled`: the month's sheet is written."""

    version_id: int
    name: str
    number: int
    month: date
    net_fen: int
    settled: bool
    steps: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        """The first tier that was not reached."""
        return next((one for one in self.steps if one.missing_fen), None)
