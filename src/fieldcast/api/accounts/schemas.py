"""What the accounts endpoints take and give."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from fieldcast.api.fields import Flag, Line, Moment, Note, Words


class MembershipOut(Schema):
    """A role in an organisation."""

    organisation_id: int
    organisation: str
    kind: str
    role: str


class MeOut(Schema):
    """Who is asking."""

    id: int
    display_name: str
    county_id: int
    memberships: list[MembershipOut]


class AddressIn(Schema):
    """A delivery address."""

    recipient: Line
    phone: Line
    province: Annotated[Line, Field(max_length=20)]
    city: Words = ""
    district: Words = ""
    line: Note
    is_default: Flag = False


class TokenIn(Schema):
    """A new personal token."""

    name: Line
    expires_at: Moment | None = None


class TokenOut(Schema):
    """A personal token; `secret` is given once, when it is made."""

    id: int
    name: str
    prefix: str
    created_at: datetime
    expires_at: datetime | None
    secret: str | None = None
