"""Requests, their photos and invitations reach a view only through here."""

from fieldcast.accounts.access import Forbidden, require
from fieldcast.accounts.types import Actor, SignedIn
from fieldcast.files import queries as files
from fieldcast.files.types import Content
from fieldcast.joining import queries
from fieldcast.joining.types import JoinRequestView
from fieldcast.kit.errors import NotFound, Sentence


def load_own_request(*, by: SignedIn, request_id: int) -> JoinRequestView:
    """One's own request. Raises `NotFound` for anyone else's."""
    found = queries.join_request(request_id=request_id)
    require(by, "joining.change_own_request", found)
    return found


def load_request(*, by: Actor, request_id: int) -> JoinRequestView:
    """A request for those who answer it and for the county. Raises `NotFound` for everyone else, and for one's own."""
    found = queries.join_request(request_id=request_id)
    require(by, "joining.see_request", found)
    if found.person_id == by.pk:
        raise NotFound("join request")
    return found


def load_answerer(*, by: SignedIn, who: Sentence) -> None:
    """Let in whoever works where requests go; else `Forbidden`, saying `who` the page is for."""
    if not queries.works_where_requests_go(person_id=by.pk):
        raise Forbidden(who=who)


def load_photo(*, by: Actor, file_id: int, thumbnail: bool) -> Content:
    """A picture that came with a request, or a small one, for whoever may see that. Raises `NotFound`, `FileEnded`."""
    require(by, "joining.see_request", queries.request_of_photo(file_id=file_id))
    return files.content(file_id=file_id, thumbnail=thumbnail)
