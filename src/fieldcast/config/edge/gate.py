"""The first thing a request meets: its headers put in order, its address found, `/healthz` answered."""

from django.conf import settings

from fieldcast.config.edge import worker
from fieldcast.config.edge.answers import write
from fieldcast.config.edge.headers import cleaned
from fieldcast.config.edge.health import PATH, Health
from fieldcast.config.edge.problems import OddHeaders
from fieldcast.config.edge.protocol import ADDRESS, CLEAN, Application, Headers, Receive, Scope, Send
from fieldcast.config.edge.refusals import refusal
from fieldcast.kit.address import client_address, counted_as


def guarded(application: Application, *, health: Health) -> Application:
    """`application`, which then gets each header once, no forged names, and the address limits count by."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] != "http":
            return
        worker.start()
        try:
            headers = cleaned(scope["headers"])
        except OddHeaders as problem:
            odd = refusal(problem, path=scope["path"], headers={}, close=True)
            await write(odd, receive, send)
            return
        scope["headers"] = list(headers.items())
        scope[CLEAN] = headers
        scope[ADDRESS] = _address(scope, headers)
        if scope["path"] == PATH:
            await write(await health.answer(), receive, send)
        else:
            await application(scope, receive, send)

    return serve


def _address(scope: Scope, headers: Headers) -> str:
    client = scope.get("client")
    return counted_as(
        client_address(
            peer=str(client[0]) if client else "",
            forwarded=headers.get(b"x-forwarded-for", b"").decode("latin-1"),
            proxies=settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        )
    )


async def _live(receive: Receive, send: Send) -> None:
    """The server's own start and stop, where it tells of them."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            worker.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await send({"type": "lifespan.shutdown.complete"})
            return
