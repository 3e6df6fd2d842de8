"""The hub of this process: made when the first listener comes, one for each event loop (a server has one)."""

import asyncio
import os
import socket
from collections.abc import Mapping
from uuid import uuid4
from weakref import WeakKeyDictionary

from django.db import Error, connection
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from fieldcast.kit.events import LIVE_CHANNEL
from fieldcast.live import operations, queries
from fieldcast.live.hub.hub import Hub
from fieldcast.live.types import SessionState

_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


class DatabaseRooms:
    """Reads and writes for the hub, each on a connection that goes back to the pool at once."""

    def __init__(self) -> None:
        # The number alone is not enough: in containers every server's process has the same one.
        self._process = f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid4().hex[:8]}"

    def state(self, session_id: int) -> SessionState | None:
        """The session's state, or None when there is no such session."""
        try:
            return queries.state_of(session_id=session_id)
        except Error as error:
            raise OSError("the database cannot be reached") from error
        finally:
            connection.close()

    def report(self, viewers: Mapping[int, int], seen: Mapping[int, Mapping[str, str]]) -> Mapping[int, int]:
        """Write this process's viewers and who was seen; return each session's viewers everywhere."""
        try:
            return operations.report_presence(
                process=self._process, viewers=viewers, seen=seen, now=timezone.now()
            )
        except Error as error:
            raise OSError("the database cannot be reached") from error
        finally:
            connection.close()


def current_hub() -> Hub:
    """This event loop's hub, started at first use."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        found = Hub(conninfo=conninfo(), channel=LIVE_CHANNEL, rooms=DatabaseRooms())
        found.start()
        _hubs[loop] = found
    return found


async def stop_hub() -> None:
    """Close this event loop's hub, if there is one: every listener's connection ends and no new one begins."""
    found = _hubs.get(asyncio.get_running_loop())
    if found is not None:
        await found.close()


def conninfo() -> str:
    """How to reach the database Django uses, in a connection of one's own outside its pool."""
    settings = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {name: settings[key] for name, key in names.items() if settings.get(key)}
    return make_conninfo("", application_name="fieldcast live", keepalives_idle=30, **given)
