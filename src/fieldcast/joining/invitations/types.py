"""What joining tells of invitations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fieldcast.accounts.limits import Rate
from fieldcast.accounts.types import OrganisationKind, Role

STANDS_FOR: Final = timedelta(days=14)
AN_HOUR: Final = Rate("invitations", 20, timedelta(hours=1))


class InvitationState(StrEnum):
    """waiting → accepted, declined, withdrawn (by the inviting side) or expired."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ENDED: Final = tuple(state for state in InvitationState if state != InvitationState.WAITING)


@dataclass(frozen=True)
class InvitationView:
    """An invitation. `tail` are the last four digits of the number; `answered_by` is known once it is accepted."""

    id: int
    county_id: int
    organisation_id: int
    organisation_name: str
    organisation_name_en: str
    organisation_kind: OrganisationKind
    role: Role
    tail: str
    by_id: int
    by_name: str
    state: InvitationState
    invited_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    answered_by: str

    @property
    def waits(self) -> bool:
        """May it still be accepted?"""
        return self.state == InvitationState.WAITING
