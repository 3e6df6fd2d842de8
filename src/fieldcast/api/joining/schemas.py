"""What the endpoints about requests to join and invitations take and give."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from ninja import Schema

from fieldcast.accounts.types import Role
from fieldcast.api.fields import Flag, Id, Line, Note, Text, Words
from fieldcast.joining.types import InvitationState, InvitationView, JoinKind, JoinRequestView, JoinState


class JoinFactsIn(Schema):
    """What a kind asks for: farmer `grows`, `area_mu`; seller `licence`, `sells`; host `about`, `experience`, `links`;
    carrier `vehicles`, `cold` (`yes`), `townships`. What a kind does not ask for is left out.
    """

    grows: Text = ""
    area_mu: Text = ""
    licence: Text = ""
    sells: Text = ""
    about: Text = ""
    experience: Text = ""
    links: Text = ""
    vehicles: Text = ""
    cold: Text = ""
    townships: Text = ""


class JoinRequestIn(Schema):
    """`consent`: whoever asks agrees that it is kept and read to answer it. A seller asks on the page, with a photo."""

    kind: JoinKind
    name: Line
    village: Words = ""
    cooperative_id: Id | None = None
    facts: JoinFactsIn
    consent: Flag


class JoinAnswer(StrEnum):
    """How a request is answered."""

    ACCEPT = "accept"
    MORE = "more"
    DECLINE = "decline"


class JoinAnswerIn(Schema):
    """Words are needed to ask for more and to decline; the rest corrects what is accepted."""

    do: JoinAnswer
    words: Text = ""
    name: Words = ""
    village: Words = ""
    new_village: Flag = False
    cooperative_id: Id | None = None


class MoreIn(Schema):
    """What more is told."""

    words: Text


class JoinStepOut(Schema):
    """A state the request came to."""

    state: JoinState
    at: datetime
    words: str
    corrected: str


class JoinRequestOut(Schema):
    """A request to join. `due_at` null: nobody has to answer it now."""

    id: int
    person_name: str
    kind: JoinKind
    name: str
    village: str
    cooperative_id: int | None
    goes_to_id: int
    goes_to_name: str
    facts: dict[str, str]
    state: JoinState
    asked_at: datetime
    due_at: datetime | None
    organisation_id: int | None
    photos: int
    steps: list[JoinStepOut]

    @staticmethod
    def of(one: JoinRequestView) -> "JoinRequestOut":
        """The request as plain values."""
        steps = [
            JoinStepOut(**{name: getattr(step, name) for name in JoinStepOut.model_fields})
            for step in one.steps
        ]
        own: dict[str, Any] = {"photos": len(one.photos), "steps": steps, "facts": dict(one.facts)}
        same = {name: getattr(one, name) for name in JoinRequestOut.model_fields if name not in own}
        return JoinRequestOut(**same, **own)


class InvitationIn(Schema):
    """Whom, where to, as what."""

    organisation_id: Id
    phone: Note
    role: Role


class InvitationAnswerIn(Schema):
    """Accept it, or decline it."""

    accept: Flag


class InvitationOut(Schema):
    """An invitation. `tail` are the last four digits of the number; whether it has an account is not said."""

    id: int
    organisation_id: int
    organisation_name: str
    role: Role
    tail: str
    by_name: str
    state: InvitationState
    invited_at: datetime
    expires_at: datetime

    @staticmethod
    def of(one: InvitationView) -> "InvitationOut":
        """The invitation as plain values."""
        return InvitationOut(**{name: getattr(one, name) for name in InvitationOut.model_fields})
