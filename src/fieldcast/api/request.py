"""The signed-in person of a request, for endpoints that need more than an anonymous reader."""

from typing import cast

from django.http import HttpRequest
from ninja.errors import AuthenticationError

from fieldcast.accounts.types import SignedIn


def person_of(request: HttpRequest) -> SignedIn:
    """The person; raises ninja's `AuthenticationError` for an anonymous request."""
    if not request.user.is_authenticated:
        raise AuthenticationError
    return cast("SignedIn", request.user)
