"""Types of request fields, as narrow as the database's own, so that no request reaches it only to fail there."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, Strict

from fieldcast.kit.said import said

BIGGEST_ID = 2**63 - 1
BIGGEST_INT = 2**31 - 1
EARLIEST_YEAR, LATEST_YEAR = 1990, 2190


def _seen(text: Any) -> Any:
    """What a person said, as others will see it: before it is measured, so that hidden characters fill no field."""
    return said(_storable(text)) if isinstance(text, str) else text


def _storable(text: str) -> str:
    """PostgreSQL text holds no NUL, and UTF-8 no half of a surrogate pair."""
    if "\x00" in text:
        raise ValueError("the text holds a NUL character")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("the text is not valid Unicode") from None
    return text


def _all_storable(found: dict[str, Any]) -> dict[str, Any]:
    """The same of every name and every text inside, however deep, and no number larger than any of ours."""
    waiting: list[Any] = [found]
    while waiting:
        match waiting.pop():
            case str() as text:
                _storable(text)
            case int() as number if abs(number) > BIGGEST_ID:
                raise ValueError("a number is larger than any we take")
            case dict() as names:
                waiting += [*names, *names.values()]
            case list() as items:
                waiting += items
    return found


def _moment(at: datetime) -> datetime:
    """In UTC, within the years people mean."""
    if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        raise ValueError(f"the year is not between {EARLIEST_YEAR} and {LATEST_YEAR}")
    return at.astimezone(UTC)


# In a body whole numbers are written as such: `true`, `"5"` and `5.0` are none. In an address all is text.
Whole = Annotated[int, Strict()]
Id = Annotated[Whole, Field(ge=1, le=BIGGEST_ID)]
Count = Annotated[Whole, Field(ge=1, le=BIGGEST_INT)]
Number = Annotated[Whole, Field(ge=0, le=BIGGEST_INT)]
Position = Annotated[Whole, Field(ge=-BIGGEST_INT, le=BIGGEST_INT)]
Fen = Annotated[Whole, Field(ge=0, le=BIGGEST_INT, description="An amount in fen, a hundredth of a yuan")]
PositiveFen = Annotated[
    Whole, Field(ge=1, le=BIGGEST_INT, description="An amount in fen, a hundredth of a yuan")
]
Flag = Annotated[bool, Strict()]
PathId = Annotated[int, Field(ge=1, le=BIGGEST_ID)]
PageNumber = Annotated[int, Field(ge=1, le=1_000_000)]
Text = Annotated[str, BeforeValidator(_seen)]
Line = Annotated[str, BeforeValidator(_seen), Field(min_length=1, max_length=60)]
Note = Annotated[str, BeforeValidator(_seen), Field(max_length=200)]
Words = Annotated[str, BeforeValidator(_seen), Field(max_length=60)]
Object = Annotated[dict[str, Any], AfterValidator(_all_storable)]
Moment = Annotated[AwareDatetime, AfterValidator(_moment)]  # which moment it is, its offset says
