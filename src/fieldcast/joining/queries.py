"""Every read of the room."""

from fieldcast.joining.invitations.places import places_of
from fieldcast.joining.invitations.queries import invitation, invitations_sent, invitations_to
from fieldcast.joining.requests.answerers import centre_of, works_where_requests_go
from fieldcast.joining.requests.queries import (
    JoinWhich,
    join_request,
    join_requests_of,
    request_of_photo,
    requests_to_answer,
    waiting_for,
)

__all__ = [
    "JoinWhich",
    "centre_of",
    "invitation",
    "invitations_sent",
    "invitations_to",
    "join_request",
    "join_requests_of",
    "places_of",
    "request_of_photo",
    "requests_to_answer",
    "waiting_for",
    "works_where_requests_go",
]
