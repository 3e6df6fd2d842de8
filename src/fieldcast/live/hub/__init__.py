"""From the database to every open room: one LISTEN connection a process, at most ten frames a second a session.

What always holds: a frame is encoded once however many listen; what waits for a listener is bounded, and one who
cannot keep up is told to read the whole state again; a gap in hearing is never hidden, it is followed by a resync.
"""

from fieldcast.live.hub.hub import Hub, Rooms, SessionGone, TooManyListeners
from fieldcast.live.hub.process import current_hub, stop_hub
from fieldcast.live.hub.room import Listener, Visitor

__all__ = [
    "Hub",
    "Listener",
    "Rooms",
    "SessionGone",
    "TooManyListeners",
    "Visitor",
    "current_hub",
    "stop_hub",
]
