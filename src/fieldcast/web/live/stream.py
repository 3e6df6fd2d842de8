"""The room's events as a Django view, for servers that do not run `sse.with_live_events` round the application: the
same hub and the same bytes, at the price of a thread that Django's synchronous middleware keeps for each listener.
"""

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from fieldcast.live.hub import SessionGone, TooManyListeners, current_hub
from fieldcast.web.live.sse import end_streams_when_told_to_stop, last_seen

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator


async def events(request: HttpRequest, session_id: int) -> HttpResponseBase:
    """Server-sent events of a session: 204 when it is over, 404 when there is none, 503 when this process is full."""
    if request.method != "GET":
        return HttpResponse(status=405, headers={"Allow": "GET"})
    end_streams_when_told_to_stop(asyncio.get_running_loop())
    after, returning = last_seen(
        header=request.headers.get("Last-Event-ID", ""),
        query=request.GET.get("last_event_id", "") or request.GET.get("since", ""),
    )
    try:
        pieces = await current_hub().listen(session_id=session_id, after=after, returning=returning)
    except SessionGone as gone:
        return HttpResponse(status=204 if gone.ended else 404)
    except (TooManyListeners, OSError):
        return HttpResponse(status=503, headers={"Retry-After": "5"})
    response = StreamingHttpResponse(_closing(pieces), content_type="text/event-stream")
    response["Cache-Control"] = "no-store, no-transform"
    response["X-Accel-Buffering"] = "no"
    return response


async def _closing(pieces: "AsyncGenerator[bytes, None]") -> "AsyncIterator[bytes]":
    """The pieces, with their listener let go as soon as the client has left."""
    async with aclosing(pieces):
        async for piece in pieces:
            yield piece
