"""What the supervision endpoints take and give."""

from ninja import Schema
from pydantic import Field

from fieldcast.api.fields import BIGGEST_INT, Fen


class SalesReportIn(Schema):
    """What a host says a session sold."""

    units: int = Field(ge=0, le=BIGGEST_INT)
    amount_fen: Fen
