"""Who asks: a personal token in the `Authorization` header, or the browser's session (then with its CSRF token)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer, SessionAuth

from fieldcast.accounts import queries as accounts
from fieldcast.kit.errors import Problem


class OnlyInBrowser(Problem):
    """A token cannot make tokens: whoever finds a lost one would keep a way in after it is revoked."""

    code = "only_in_browser"
    status = 403
    sentence = _("Tokens are made by people who are signed in with a browser, not by other tokens.")
    next_step = _("Sign in and make it under Me, Keys for programs.")


class TokenAuth(HttpBearer):
    """`Authorization: Bearer fc_…`, a token made under "My account"."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token's owner, or None."""
        person = accounts.person_by_token(secret=token, now=timezone.now())
        if person is not None:
            request.user = person
        return person


class NotByToken(TokenAuth):
    """Refuses whoever comes with a token that would open everything else."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Raise `OnlyInBrowser` for a token that is someone's."""
        if super().authenticate(request, token) is not None:
            raise OnlyInBrowser


ANYONE_SIGNED_IN: list[Any] = [TokenAuth(), SessionAuth()]
SIGNED_IN_WITH_A_BROWSER: list[Any] = [NotByToken(), SessionAuth()]
