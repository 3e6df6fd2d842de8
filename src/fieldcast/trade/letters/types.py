"""What trade tells of what buyers and sellers write to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

MOST_LETTER_PHOTOS: Final = 3
MOST_CHARACTERS: Final = 1000
MOST_REASON: Final = 300
A_SIGHT: Final = 50  # letters that are read at once, the newest


class Side(StrEnum):
    """Who wrote a letter. `let_be`: the seller's people wrote down why none is needed; the buyer does not see it.

    `closed`, `ended`: the seller's people, or the county, closed the conversation, with these words. `appeal`, `reply`:
    what its buyer wrote to the county then, and what it answered; the seller's people do not see either.
    """

    BUYER = "buyer"
    SELLER = "seller"
    COUNTY = "county"
    LET_BE = "let_be"
    CLOSED = "closed"
    ENDED = "ended"
    APPEAL = "appeal"
    REPLY = "reply"


class LetterState(StrEnum):
    """Which conversations a list shows."""

    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True)
class LetterView:
    """What was written, by whom, when; `photos` are ids of files."""

    id: int
    side: Side
    by_id: int | None
    at: datetime
    words: str
    photos: Sequence[int]


@dataclass(frozen=True)
class ConversationView:
    """A buyer and a seller about one order, or about one lot.

    `contract`: the order was paid, so phone numbers and chat ids stay in what is written. `waiting_since` is when the
    first letter came that nobody has answered, `answer_until` when its answer is due; `latest` says how it ended last.
    `closed_at`: it was closed; `appealed_at` since when its buyer waits for the county then.
    """

    id: int
    county_id: int
    buyer_id: int
    buyer_name: str
    seller_id: int
    seller_name: str
    seller_name_en: str
    order_id: int | None
    order_number: str
    lot_id: int | None
    lot_code: str
    contract: bool
    begun_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    answer_until: datetime | None
    closed_at: datetime | None
    appealed_at: datetime | None
    letters: int
    latest: LetterView

    @property
    def about(self) -> str:
        """The number or code of what it is about."""
        return self.order_number or self.lot_code

    @property
    def waits(self) -> bool:
        """Does the buyer wait for an answer?"""
        return self.waiting_since is not None

    def late(self, now: datetime) -> bool:
        """Has the seller let the time go by?"""
        return self.answer_until is not None and self.answer_until <= now

    def open_to_county(self, now: datetime) -> bool:
        """May the county read it: its answer is late, or its buyer wrote to the county?"""
        return self.late(now) or self.appealed_at is not None
