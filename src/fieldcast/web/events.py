"""The address of a room's events. Django's addresses do not know it: `live.sse` answers before Django does."""

import re
from typing import Final

PATH: Final = re.compile(r"/live/(\d{1,18})/events")


def events_of(*, session_id: int) -> str:
    """Where a page listens to a session."""
    return f"/live/{session_id}/events"
