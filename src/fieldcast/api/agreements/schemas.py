"""What the agreement endpoints take and give."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from fieldcast.agreements.types import VersionView
from fieldcast.api.fields import Flag, Id, Line, Note, Object


class AgreementIn(Schema):
    """An agreement's parties and its first terms; a term that is missing or out of range is named in the answer.

    `others`: who takes each further role that composed terms name (`brand_owner`, `mcn`, …).
    `confirms_jump`: someone has looked again at a guaranteed price more than a third from the last (`guarantee_jumps`).
    """

    name: Line
    cooperative_id: Id
    host_id: Id
    carrier_id: Id
    terms: Object
    others: dict[str, Id] = Field(default_factory=dict)
    note: Note = ""
    confirms_jump: Flag = False


class RevisionIn(Schema):
    """New terms: the next version; `confirms_jump` as for a new agreement."""

    terms: Object
    note: Note = ""
    confirms_jump: Flag = False


class ConsentIn(Schema):
    """The party that agrees."""

    organisation_id: Id


class VersionOut(Schema):
    """A version of an agreement. Shares are basis points, amounts fen."""

    id: int
    agreement_id: int
    name: str
    number: int
    cooperative_id: int
    host_id: int
    carrier_id: int
    terms: dict[str, Any]
    created_at: datetime
    note: str
    latest: bool

    @staticmethod
    def of(version: VersionView) -> "VersionOut":
        """The version as plain values."""
        return VersionOut(
            id=version.id,
            agreement_id=version.agreement_id,
            name=version.name,
            number=version.number,
            cooperative_id=version.cooperative_id,
            host_id=version.host_id,
            carrier_id=version.carrier_id,
            terms=version.terms.to_json(),
            created_at=version.created_at,
            note=version.note,
            latest=version.latest,
        )
