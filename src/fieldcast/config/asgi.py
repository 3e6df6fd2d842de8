"""The ASGI entry point that granian serves: pages run on threads, all waiting on the event loop.

Django under ASGI crosses between thread and loop at every middleware that is not async, which took most of a request's
time here. So a page is Django's synchronous handler, on a thread, in one step; its body is there before and its answer
leaves after (`config.edge`). Streams of events and `/healthz` never touch a thread.
"""

import os
from typing import cast

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fieldcast.config.settings")

_pages = get_wsgi_application()

from django.conf import settings  # noqa: E402 — the rooms' models need the settings read above
from django.urls import get_resolver  # noqa: E402

from fieldcast.config.edge import Pages, guarded, on_start, wsgi  # noqa: E402
from fieldcast.config.edge.health import Health  # noqa: E402
from fieldcast.config.edge.listening import drop_who_takes_nothing  # noqa: E402
from fieldcast.live.hub.process import conninfo  # noqa: E402
from fieldcast.web.live.sse import with_live_events  # noqa: E402

application = guarded(
    with_live_events(Pages(cast("wsgi.Application", _pages), incoming=settings.HOME / "run" / "incoming")),
    health=Health(conninfo()),
)


@on_start
async def _give_up_dead_readers() -> None:
    """Only now the server's sockets listen."""
    drop_who_takes_nothing()


# `/healthz` answers as soon as the loop runs; whoever it sends here must not be the one who waits for the imports
get_resolver().url_patterns  # noqa: B018 — asking reads them
