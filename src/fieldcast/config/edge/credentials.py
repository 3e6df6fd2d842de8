"""Who has shown lately that he is signed in: decides which threads a request gets and how large its body may be.

Never who may do what: that is asked anew by each page. A credential is what came with a request, kept as its hash; that
it is good is said by the pages themselves (`middleware`), or asked of the database before a large body is read.
"""

import hashlib
import time
from collections import OrderedDict
from importlib import import_module
from typing import Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import parse_cookie
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.config.edge.protocol import Headers

KNOWN_SECONDS: Final = 300.0
MOST_KNOWN: Final = 50_000
Credential = tuple[str, str]  # the session's key and the Authorization header; either may be empty


def credential_of(headers: Headers) -> Credential | None:
    """What the request shows of its sender; None when it shows nothing."""
    cookie, authorization = headers.get(b"cookie", b""), headers.get(b"authorization", b"")
    name = settings.SESSION_COOKIE_NAME
    session = parse_cookie(cookie.decode("latin-1")).get(name, "") if name.encode() in cookie else ""
    return (session, authorization.decode("latin-1")) if session or authorization else None


class Known:
    """The credentials that were good within the last minutes. Of one process."""

    def __init__(self, *, seconds: float = KNOWN_SECONDS, most: int = MOST_KNOWN) -> None:
        self._seconds, self._most = seconds, most
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def has(self, credential: Credential | None) -> bool:
        """Was it good lately?"""
        return credential is not None and self._until.get(_mark(credential), 0.0) > time.monotonic()

    def remember(self, credential: Credential) -> None:
        """It is good now; who was longest not seen is forgotten first."""
        mark = _mark(credential)
        self._until[mark] = time.monotonic() + self._seconds
        self._until.move_to_end(mark)
        while len(self._until) > self._most:
            self._until.popitem(last=False)

    def forget(self, credential: Credential) -> None:
        """It is good no more."""
        self._until.pop(_mark(credential), None)


def _mark(credential: Credential) -> bytes:
    return hashlib.sha256("\0".join(credential).encode()).digest()


def is_good(credential: Credential) -> bool:
    """Does it belong to someone now? Asks the database, on the thread that calls."""
    session, authorization = credential
    try:
        scheme, _space, secret = authorization.partition(" ")
        if scheme.lower() == "bearer" and accounts.person_by_token(secret=secret, now=timezone.now()):
            return True
        store = import_module(settings.SESSION_ENGINE).SessionStore
        return bool(session) and SESSION_KEY in store(session_key=session)
    finally:
        connection.close()
