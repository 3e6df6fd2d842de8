"""What joining tells the other rooms."""

from fieldcast.joining.invitations.types import InvitationState, InvitationView
from fieldcast.joining.requests.types import (
    ANSWERS,
    BECOMES,
    CHOOSES,
    MOST_LETTERS,
    MOST_PHOTOS,
    NAME_LETTERS,
    PLACED,
    VILLAGE_LETTERS,
    WORKING_DAYS,
    JoinKind,
    JoinRequestView,
    JoinState,
    JoinStepView,
    Waiting,
)

__all__ = [
    "ANSWERS",
    "BECOMES",
    "CHOOSES",
    "MOST_LETTERS",
    "MOST_PHOTOS",
    "NAME_LETTERS",
    "PLACED",
    "VILLAGE_LETTERS",
    "WORKING_DAYS",
    "InvitationState",
    "InvitationView",
    "JoinKind",
    "JoinRequestView",
    "JoinState",
    "JoinStepView",
    "Waiting",
]
