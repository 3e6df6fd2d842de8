"""A way that rings: it wakes whoever sleeps, and sometimes nobody answers."""

from fieldcast.inbox.types import MessageView
from fieldcast.inbox.ways.interface import Way

rung: list[MessageView] = []
broken: list[bool] = []


def ring(message: MessageView) -> None:
    """Write down that it rang."""
    if broken:
        raise ConnectionError("nobody answers")
    rung.append(message)


WAY = Way(wakes=True, carry=ring)
