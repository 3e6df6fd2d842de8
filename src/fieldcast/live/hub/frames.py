"""What a room is told at once: messages gathered into one frame, and a frame as the bytes of a server-sent event."""

import json
from collections.abc import Mapping
from typing import Any

CHAT_PER_FRAME = 20  # more lines than this in a tenth of a second nobody reads
LINES_PER_FRAME = 20
IDS_PER_FRAME = 100
LATEST = ("explaining", "viewers", "state")  # of these the last value wins

RESYNC = b"event: resync\ndata: {}\n\n"
HEARTBEAT = b": \n\n"


class Draft:
    """Messages not yet sent. Values that replace each other keep the last; lines are appended, within a cap.

    Likes only grow, so of two totals the larger is the later one. What chat is left out is counted as `dropped`.
    """

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._offers: dict[str, Any] = {}
        self._lists: dict[str, list[Any]] = {}
        self._dropped = 0

    def __bool__(self) -> bool:
        return bool(self._values or self._offers or self._lists)

    def add(self, message: Mapping[str, Any]) -> None:
        """Take in one message; keys this hub does not know are left alone."""
        for key in LATEST:
            if key in message:
                self._values[key] = message[key]
        if "likes" in message:
            self._values["likes"] = max(message["likes"], self._values.get("likes", 0))
        for offer_id, facts in message.get("offers", {}).items():
            self._offers.setdefault(str(offer_id), {}).update(facts)
        self._dropped += self._append("chat", message, CHAT_PER_FRAME)
        self._append("transcript", message, LINES_PER_FRAME)
        self._append("hidden", message, IDS_PER_FRAME)

    def take(self) -> dict[str, Any]:
        """What has gathered, leaving the draft empty."""
        facts: dict[str, Any] = {**self._values, **self._lists}
        if self._offers:
            facts["offers"] = self._offers
        if self._dropped:
            facts["dropped"] = self._dropped
        self.__init__()  # type: ignore[misc]  # starting over is exactly what is meant
        return facts

    def _append(self, key: str, message: Mapping[str, Any], cap: int) -> int:
        """Append a message's lines and return how many of the oldest had to go."""
        if not message.get(key):
            return 0
        lines = self._lists.setdefault(key, [])
        lines.extend(message[key])
        excess = max(0, len(lines) - cap)
        del lines[:excess]
        return excess


def encode(frame_id: int, facts: Mapping[str, Any]) -> bytes:
    """A frame as a server-sent event whose id is also in its JSON."""
    body = json.dumps({"id": frame_id, **facts}, ensure_ascii=False, separators=(",", ":"))
    return f"id: {frame_id}\ndata: {body}\n\n".encode()
