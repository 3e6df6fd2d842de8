"""Everything that is a page: its body read whole, a thread of the right pool taken for it, its answer written."""

import re
from pathlib import Path
from typing import Final

from django.db import DatabaseError

from fieldcast.config.edge import bodies, sizes, wsgi
from fieldcast.config.edge.answers import Answer, write
from fieldcast.config.edge.bodies import Body
from fieldcast.config.edge.budget import Budget
from fieldcast.config.edge.credentials import Credential, Known, credential_of, is_good
from fieldcast.config.edge.pools import ANONYMOUS, PASSWORDS, PEOPLE, RETRY_SECONDS, all_pools
from fieldcast.config.edge.problems import BodyTooLarge, Busy, SignInToSendMore
from fieldcast.config.edge.protocol import ADDRESS, CLEAN, Headers, Receive, Scope, Send
from fieldcast.config.edge.refusals import refusal
from fieldcast.kit.errors import Problem

# Where a password is hashed, which is made to take long.
HASHES: Final = re.compile(
    r"/accounts/(login|signup|reauthenticate|password/.*)/|/admin/(login|password_change)/|/me/forgotten/"
)
STRANGERS_BYTES: Final = 64 * sizes.MB  # what may be held of bodies of people who are not signed in
PEOPLES_BYTES: Final = 512 * sizes.MB
SHARE: Final = 4  # one address may hold a fourth of it


class Pages:
    """Django's synchronous handler as an ASGI application that no slow client can stop."""

    def __init__(self, application: wsgi.Application, *, incoming: Path) -> None:
        self._application = application
        self._incoming = incoming  # where larger bodies lie until their page has read them
        self._pools = all_pools()
        self._known = Known()
        self._strangers = Budget(total=STRANGERS_BYTES, share=STRANGERS_BYTES // SHARE)
        self._people = Budget(total=PEOPLES_BYTES, share=PEOPLES_BYTES // SHARE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers: Headers = scope[CLEAN]
        has_body = b"transfer-encoding" in headers or headers.get(b"content-length", b"0") != b"0"
        read_whole = not has_body
        credential = credential_of(headers)
        body = Body()
        try:
            if has_body:
                body = await self._body(scope, receive, credential)
                read_whole = True
            answer = await self._page(scope, body, credential)
        except Problem as problem:
            answer = refusal(problem, path=scope["path"], headers=headers, close=not read_whole)
        finally:
            body.close()
        await write(answer, receive, send)
        if not read_whole:
            await bodies.linger(receive)

    async def _body(self, scope: Scope, receive: Receive, credential: Credential | None) -> Body:
        headers: Headers = scope[CLEAN]
        said = headers.get(b"content-length")
        expected = int(said) if said is not None and said.isascii() and said.isdigit() else None
        signed_in = await self._signed_in(credential, expected)
        most = sizes.most(scope["path"]) if signed_in else sizes.UNSIGNED
        if expected is not None and expected > most:
            raise (BodyTooLarge if signed_in else SignInToSendMore)(most=most // sizes.KB)
        reading = bodies.Reading(
            expected=expected,
            most=most,
            directory=self._incoming,
            budget=self._people if signed_in else self._strangers,
            address=scope[ADDRESS],
        )
        return await bodies.read(receive, reading)

    async def _signed_in(self, credential: Credential | None, expected: int | None) -> bool:
        """Asked of the database only where more than a form may come."""
        if credential is None:
            return False
        if not self._known.has(credential) and (expected is None or expected > sizes.UNSIGNED):
            try:
                good = await self._pools[ANONYMOUS].run(is_good, credential)
            except DatabaseError as away:
                raise Busy(seconds=RETRY_SECONDS) from away
            if not good:
                return False
            self._known.remember(credential)
        return self._known.has(credential)

    async def _page(self, scope: Scope, body: Body, credential: Credential | None) -> Answer:
        environ = wsgi.environ_of(scope, body)
        answer = await self._pools[self._pool(scope, credential)].run(wsgi.call, self._application, environ)
        if credential is not None and (signed_in := environ.get(wsgi.SIGNED_IN)) is not None:
            (self._known.remember if signed_in else self._known.forget)(credential)
        return answer

    def _pool(self, scope: Scope, credential: Credential | None) -> str:
        """Strangers cannot take the threads of people, nor guessed passwords those of either."""
        if scope["method"] == "POST" and HASHES.fullmatch(scope["path"]):
            return PASSWORDS
        return PEOPLE if self._known.has(credential) else ANONYMOUS
