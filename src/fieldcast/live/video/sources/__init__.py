"""Where a session's pictures come from: a folder for each kind, of one shape (`interface`), found by its name.

To add a kind, add a folder with a `SOURCE` in its `__init__`; nothing else names it. A session names its source by kind
and key (`live.SessionSource`).
"""

from typing import cast

from fieldcast.kit import sockets
from fieldcast.live.video.sources.interface import Source


def kinds() -> tuple[str, ...]:
    """Every kind there is."""
    return sockets.names(__name__)


def get_source(kind: str) -> Source:
    """The source of that kind. Raises `LookupError` when there is none."""
    return cast("Source", sockets.load(__name__, kind).SOURCE)


def folders() -> frozenset[str]:
    """The folders under the media root from which pictures are served."""
    return frozenset(get_source(kind).folder for kind in kinds())
