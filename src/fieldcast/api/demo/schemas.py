"""What the demo endpoints take and give."""

from ninja import Schema
from pydantic import Field

from fieldcast.api.fields import Whole
from fieldcast.demo.cast import MOST_BUYERS
from fieldcast.demo.company import MOST as MOST_VIEWERS


class TokenOut(Schema):
    """A personal token of the person asked for."""

    secret: str


class CastIn(Schema):
    """How many buyers a rehearsal needs."""

    buyers: Whole = Field(ge=1, le=MOST_BUYERS)


class CompanyIn(Schema):
    """How many invented viewers are to come."""

    viewers: Whole = Field(ge=1, le=MOST_VIEWERS)
