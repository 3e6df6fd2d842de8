"""How a message reaches its person: a folder for each way, of one shape (`interface`), found by its name.

To add a way, add a folder with a `WAY` in its `__init__`, and name it in `FIELDCAST_INBOX_WAYS` where it is wanted.
"""

from collections.abc import Callable, Iterable
from typing import cast

from fieldcast.inbox.ways.interface import Way
from fieldcast.kit import sockets


def ways() -> tuple[str, ...]:
    """The name of every way there is."""
    return sockets.names(__name__)


def get_way(name: str) -> Way:
    """The way of that name. Raises `LookupError` when there is none."""
    return cast("Way", sockets.load(__name__, name).WAY)


def to_phones(wanted: Iterable[str]) -> Callable[[str, str], None] | None:
    """What brings words to a phone number at once: of the ways that are wanted, the first that can.

    It is told which: commands read the names of ways before there are settings.
    """
    found = (get_way(name).text for name in wanted)
    return next((text for text in found if text is not None), None)
