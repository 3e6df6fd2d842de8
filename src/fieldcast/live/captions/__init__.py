"""Where a transcript's lines come from: a folder for each engine, of one shape (`interface`), found by its name.

To add an engine, add a folder with an `ENGINE` in its `__init__`; nothing else names it. Each line keeps the name of
the engine it came from, so a name is never given to another.
"""

from typing import cast

from fieldcast.kit import sockets
from fieldcast.live.captions.interface import Engine


def engines() -> tuple[str, ...]:
    """The name of every engine there is."""
    return sockets.names(__name__)


def get_engine(name: str) -> Engine:
    """The engine of that name. Raises `LookupError` when there is none."""
    return cast("Engine", sockets.load(__name__, name).ENGINE)
