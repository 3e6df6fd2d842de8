"""The ASGI entry point that granian serves: pages run on threads, streams of events on the event loop.

Django under ASGI crosses between thread and loop at every middleware that is not async, which took most of a request's
time here. Nothing but a stream of events gains from the loop, so every other request goes to Django's synchronous
handler, on a thread, in one step.
"""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldcast.config.settings")

THREADS = 12  # as many as the database pool holds connections

_pages = WSGIMiddleware(cast("Any", get_wsgi_application()), workers=THREADS)


async def _on_threads(scope: Any, receive: Any, send: Any) -> None:
    """One request through Django's synchronous handler."""

    async def received() -> Any:
        """granian's `receive` gives a future, where the thread that reads a body needs a coroutine to hand over."""
        return await receive()

    await _pages(scope, received, send)


from fieldcast.web.live.sse import with_live_events  # noqa: E402 — the rooms' models need the settings read above

application = with_live_events(_on_threads)
