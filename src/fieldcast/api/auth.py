"""Who asks: a personal token in the `Authorization` header, or the browser's session (then with its CSRF token)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer, SessionAuth

from fieldcast.accounts import queries


class TokenAuth(HttpBearer):
    """`Authorization: Bearer fc_…`, a token made under "My account"."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token's owner, or None."""
        person = queries.person_by_token(secret=token, now=timezone.now())
        if person is not None:
            request.user = person
        return person


ANYONE_SIGNED_IN: list[Any] = [TokenAuth(), SessionAuth()]
