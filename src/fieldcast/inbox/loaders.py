"""Messages reach a view only through here."""

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.inbox import queries
from fieldcast.inbox.types import MessageView


def load_message(*, by: Actor, message_id: int) -> MessageView:
    """A message for the person it is to. Raises `NotFound` for everyone else."""
    found = queries.message(message_id=message_id)
    require(by, "inbox.read_message", found)
    return found
