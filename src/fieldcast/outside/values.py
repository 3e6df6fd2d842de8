"""Reads one cell of an export: an order number, an amount, a time, a place, a quantity, a title.

Each reader takes cleaned, non-empty text and returns the value, or raises `BadValue` with a reason for the person who
brought the file. A reader is strict where a mistake would be believed (an amount, a time), and forgiving where nothing
hangs on it (a title is cut, a city nobody knows is left out).
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import NotYuan, Slip, parse_yuan, yuan
from fieldcast.kit.months import CHINA
from fieldcast.kit.provinces import Place, find_place

UNKNOWN = Place("")
LARGEST_FEN = 10_000_000_00  # ten million yuan: the largest of the orders seen was 188,320
MOST_UNITS = 1_000_000
TITLE_CHARS = 200
FIRST_DAY = datetime(2003, 1, 1, tzinfo=CHINA)  # before it there was no such platform in China
CLOCK_SLACK = timedelta(days=1)  # the platform's clock and ours need not agree to the minute

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.#/-]{0,63}")
_ROUNDED = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_QUANTITY = re.compile(r"(\d{1,9})(\.0+)?")
_TIME = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]+(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})秒?(?:\.\d{1,9})?)?)?"
    r" ?(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
# Characters that make a spreadsheet run a cell as a formula when the title is exported again.
_FORMULA_STARTS = "=+@＝＋＠"
_SLIPS: Mapping[Slip | None, Sentence] = {
    None: _("This is not an amount in yuan, such as 39.80."),
    Slip.COMMA: _("The comma here is no decimal point, and parts no thousands: 6.95 or 1,234.50."),
    Slip.DECIMALS: _("This amount has more than two decimals."),
}


class BadValue(Exception):
    """The cell cannot be read. `reason` is a sentence with places for `facts`."""

    def __init__(self, reason: Sentence, **facts: Any) -> None:
        super().__init__()
        self.reason = reason
        self.facts = facts


def read_number(text: str) -> str:
    """An order number: up to 64 letters, digits and - _ . / #, whatever the platform."""
    if _ROUNDED.fullmatch(text):
        raise BadValue(
            _("Excel has shortened this number and its end is lost. Use the file as it was downloaded.")
        )
    if ";" in text or "；" in text:
        raise BadValue(
            _("Several orders share this row. Export by product, so that each sub-order has its own row.")
        )
    if not _NUMBER.fullmatch(text):
        raise BadValue(_("This is not an order number."))
    return text


def may_be_number(text: str) -> bool:
    """Does this look like an order number, be it a shortened one?"""
    return _NUMBER.fullmatch(text) is not None or _ROUNDED.fullmatch(text) is not None


def read_amount(text: str) -> int:
    """Yuan with at most two decimals, such as `39.8`, `¥1,234.50` or `12元`, as fen from 0 to `LARGEST_FEN`."""
    try:
        fen = parse_yuan(text)
    except NotYuan as error:
        raise BadValue(_SLIPS[error.slip]) from error
    if fen < 0:
        raise BadValue(_("An amount cannot be below zero."))
    if fen > LARGEST_FEN:
        raise BadValue(_("This is more than %(limit)s yuan, more than any order."), limit=yuan(LARGEST_FEN))
    return fen


def read_time(text: str, *, now: datetime) -> datetime:
    """A time in China unless it names its own offset; a bare date is its midnight. Not before 2003, not after `now`."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise BadValue(_("This is not a time such as 2026-05-01 08:30:00."))
    *parts, offset = match.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    try:
        time = datetime(year, month, day, hour, minute, second, tzinfo=_zone(offset))
    except ValueError as error:
        raise BadValue(_("There is no such day or time.")) from error
    if time < FIRST_DAY:
        raise BadValue(_("This time is before %(year)s."), year=FIRST_DAY.year)
    if time > now + CLOCK_SLACK:
        raise BadValue(_("This time has not come yet."))
    return time


def _zone(offset: str | None) -> tzinfo:
    if not offset:
        return CHINA
    if offset == "Z":
        return UTC
    sign = -1 if offset[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:])))


def read_place(text: str) -> Place:
    """The province that a province's name or an address begins with, and its city; the rest is not looked at.

    A place abroad, a hidden one or none that anyone knows is an unknown province: the order is no less an order.
    """
    return find_place(text) or UNKNOWN


def read_quantity(text: str) -> int:
    """Pieces, from 1 to `MOST_UNITS`."""
    match = _QUANTITY.fullmatch(text)
    if match is None or not text.isascii() or not 1 <= int(match[1]) <= MOST_UNITS:
        raise BadValue(_("This is not a whole number from 1 to %(limit)s."), limit=f"{MOST_UNITS:,}")
    return int(match[1])


def read_title(text: str) -> str:
    """A product's title on one line, cut at `TITLE_CHARS`, without what a spreadsheet would run as a formula."""
    plain = " ".join(text.split()).lstrip(_FORMULA_STARTS).strip()
    return plain if len(plain) <= TITLE_CHARS else plain[: TITLE_CHARS - 1] + "…"
