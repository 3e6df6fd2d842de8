"""What the agreement endpoints take and give."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from fieldcast.agreements.ending import Outlook
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
    """The party that agrees, or a household of its cooperative.

    `accepts`: keys of what it accepts although it hurts it (`GET …/concerns`). `sha256`: of the version that was read;
    another one is refused (`version_changed`).
    """

    organisation_id: Id
    accepts: list[Line] = Field(default_factory=list)
    sha256: Line = ""


class ConcernOut(Schema):
    """What a role that it hurts must accept in so many words before it signs."""

    key: str
    clause: int
    why: str
    hurt: str
    value: str
    sentence: str


class NoticeIn(Schema):
    """The party that gives notice, and the last day on which the agreement holds."""

    organisation_id: Id
    ends_on: date
    why: Note = ""


class TermOut(Schema):
    """How long an agreement holds: `last_day` none without an end, `renews_on` where it goes on by itself."""

    last_day: date | None
    renews_on: date | None
    notice_days: int
    ended_at: datetime | None

    @staticmethod
    def of(seen: Outlook) -> "TermOut":
        """The outlook as plain values."""
        return TermOut(
            last_day=seen.last_day,
            renews_on=seen.renews_on,
            notice_days=seen.notice_days,
            ended_at=seen.ended_at,
        )


class BondOut(Schema):
    """A party's performance bond, in fen: agreed, left in cash and by letters, owed by penalties, free to go back."""

    organisation_id: int
    agreed_fen: int
    cash_fen: int
    letters_fen: int
    lacks_fen: int
    owed_fen: int
    free_fen: int


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
    sha256: str

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
            sha256=version.sha256,
        )
