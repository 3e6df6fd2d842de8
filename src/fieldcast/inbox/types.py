"""What inbox takes from the other rooms and tells them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fieldcast.inbox.kinds import Kind

KEPT_AFTER_READ: Final = timedelta(days=90)


@dataclass(frozen=True)
class Letter:
    """One message to each of the people `to`. `link`: the path of the page to look at; `once_key`: what happened.

    `due` is until when something is to be done about it, None for what is only to be known.
    """

    to: tuple[int, ...]
    county_id: int
    what: Kind
    link: str
    once_key: str
    due: datetime | None = None


@dataclass(frozen=True)
class MessageView:
    """A message as its reader sees it; `sentence` is in the language that was active when it was looked up."""

    id: int
    to_id: int
    kind: str
    sentence: str
    link: str
    due: datetime | None
    created_at: datetime
    read_at: datetime | None
