"""Types of request fields, as narrow as the database's own, so that no request reaches it only to fail there."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

BIGGEST_ID = 2**63 - 1
BIGGEST_INT = 2**31 - 1
EARLIEST_YEAR, LATEST_YEAR = 1990, 2190


def _storable(text: str) -> str:
    """PostgreSQL text holds no NUL, and UTF-8 no half of a surrogate pair."""
    if "\x00" in text:
        raise ValueError("the text holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("the text is not valid Unicode") from None
    return text


def _moment(at: datetime) -> datetime:
    """In UTC (a time without a zone is taken to be UTC), within the years people mean."""
    if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        raise ValueError(f"the year is not between {EARLIEST_YEAR} and {LATEST_YEAR}")
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _number(value: Any) -> Any:
    """JSON's true is no number, though Python would take it for 1."""
    if isinstance(value, bool):
        raise ValueError("a number is wanted, not true or false")
    return value


FEN = "An amount in fen, a hundredth of a yuan"
Id = Annotated[int, BeforeValidator(_number), Field(ge=1, le=BIGGEST_ID)]
# Money and counts are whole numbers as JSON writes them: no "3980", no 39.0, no true.
Whole = Annotated[int, Field(strict=True, ge=0, le=BIGGEST_INT)]
Count = Annotated[int, Field(strict=True, ge=1, le=BIGGEST_INT)]
Position = Annotated[int, Field(strict=True, ge=-BIGGEST_INT, le=BIGGEST_INT)]
Fen = Annotated[int, Field(strict=True, ge=0, le=BIGGEST_INT, description=FEN)]
PositiveFen = Annotated[int, Field(strict=True, ge=1, le=BIGGEST_INT, description=FEN)]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
Text = Annotated[str, AfterValidator(_storable)]
Line = Annotated[str, AfterValidator(_storable), Field(min_length=1, max_length=60)]
Note = Annotated[str, AfterValidator(_storable), Field(max_length=200)]
Words = Annotated[str, AfterValidator(_storable), Field(max_length=60)]
Moment = Annotated[datetime, AfterValidator(_moment)]
