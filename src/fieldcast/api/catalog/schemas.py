"""What the catalogue endpoints take."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from fieldcast.api.fields import Count, Flag, Id, Line, Moment, Note, Whole, Words
from fieldcast.catalog.types import CropView
from fieldcast.trace.types import EventKind


class CropOut(Schema):
    """What a plot is declared to grow. `perennial`: it stands there for years; else it is sown for a season."""

    product_id: int
    product_code: str
    perennial: bool
    declared_at: datetime

    @staticmethod
    def of(crop: CropView) -> "CropOut":
        """A crop as programs read it."""
        return CropOut(
            product_id=crop.product.id,
            product_code=crop.product.code,
            perennial=crop.perennial,
            declared_at=crop.declared_at,
        )


class PlotOut(Schema):
    """A plot with its farm, household and cooperative, and what it is declared to grow."""

    id: int
    name: str
    area_mu: Decimal
    farm_id: int
    farm_name: str
    household_id: int
    cooperative_id: int | None
    village: str
    village_en: str
    crops: list[CropOut]


class CropIn(Schema):
    """A product that grows on a plot; without `perennial` it is what is usual for its kind."""

    product_id: Id
    perennial: Flag | None = None


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
