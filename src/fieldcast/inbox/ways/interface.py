"""What every way of a message says of itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldcast.inbox.types import MessageView


@dataclass(frozen=True)
class Way:
    """`wakes`: it may wake somebody, so it waits for the end of the quiet hours.

    `carry` brings one message, its sentence in the installation's language, in a worker and not in the transaction of
    what happened; it raises `OSError` where it should be tried again. None: the row of the message is all it needs.
    `text` brings words to a phone number at once, such as a code somebody waits for; it raises `OSError` as well. None:
    this way reaches no phone.
    """

    wakes: bool
    carry: "Callable[[MessageView], None] | None"
    text: "Callable[[str, str], None] | None" = None
