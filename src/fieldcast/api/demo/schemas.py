"""What the demo endpoints take and give."""

from ninja import Schema
from pydantic import Field

from fieldcast.demo.cast import MOST_BUYERS


class TokenOut(Schema):
    """A personal token of the person asked for."""

    secret: str


class CastIn(Schema):
    """How many buyers a rehearsal needs."""

    buyers: int = Field(strict=True, ge=1, le=MOST_BUYERS)
