"""Every write of the room."""

from fieldcast.joining.invitations.operations import (
    accept_invitation,
    decline_invitation,
    end_due,
    invite,
    withdraw_invitation,
)
from fieldcast.joining.requests.operations import (
    accept_to_join,
    ask_for_more,
    ask_to_join,
    decline_to_join,
    draw_photos,
    tell_more,
    withdraw_request,
)

__all__ = [
    "accept_invitation",
    "accept_to_join",
    "ask_for_more",
    "ask_to_join",
    "decline_invitation",
    "decline_to_join",
    "draw_photos",
    "end_due",
    "invite",
    "tell_more",
    "withdraw_invitation",
    "withdraw_request",
]
