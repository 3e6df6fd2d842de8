"""A line in the worker's log, for whoever runs a platform without looking at its pages: the person by number alone."""

import logging
from typing import TYPE_CHECKING

from fieldcast.inbox.ways.interface import Way

if TYPE_CHECKING:
    from fieldcast.inbox.types import MessageView

log = logging.getLogger(__name__)


def _say(message: "MessageView") -> None:
    # a warning, because that is what logs keep everywhere: the way is off until somebody asks for it
    log.warning("to person %s: %s (%s)", message.to_id, message.sentence, message.link)


WAY = Way(wakes=False, carry=_say)
