"""The signed-in person of a request, as operations take one."""

from typing import cast

from django.http import HttpRequest

from fieldcast.accounts.types import SignedIn


def person_of(request: HttpRequest) -> SignedIn:
    """Whoever is signed in; for views behind `login_required`."""
    return cast(SignedIn, request.user)
