"""What the catalogue endpoints take."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from fieldcast.api.fields import Count, Id, Line, Moment, Note, Whole, Words
from fieldcast.trace.types import EventKind


class LotIn(Schema):
    """A harvested batch; `quantity` in the product's unit."""

    plot_id: Id
    product_id: Id
    cooperative_id: Id
    grade: Annotated[Line, Field(max_length=20)]
    harvested_on: date
    quantity: Count
    note: Note = ""
    code: Words = ""


class EventIn(Schema):
    """Something that happened to a lot. Facts are plain text and whole numbers, by the names of their kind."""

    kind: EventKind
    at: Moment
    facts: dict[Line, Whole | Note] = Field(default_factory=dict, max_length=20)
    corrects: Id | None = None


class HistoryOut(Schema):
    """A lot's events in order, and whether their chain holds."""

    intact: bool
    broken_at: int | None
    events: list[Any]


class WriteOffIn(Schema):
    """Units lost before sale."""

    units: Count
    reason: Line


class ReasonIn(Schema):
    """Why a lot's sale is stopped or resumed; shown on its public page."""

    reason: Note
