"""How a message reaches its person: a folder for each way, of one shape (`interface`), found by its name.

To add a way, add a folder with a `WAY` in its `__init__`, and name it in `FIELDCAST_INBOX_WAYS` where it is wanted.
"""

from typing import cast

from fieldcast.inbox.ways.interface import Way
from fieldcast.kit import sockets


def ways() -> tuple[str, ...]:
    """The name of every way there is."""
    return sockets.names(__name__)


def get_way(name: str) -> Way:
    """The way of that name. Raises `LookupError` when there is none."""
    return cast("Way", sockets.load(__name__, name).WAY)
