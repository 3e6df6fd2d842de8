"""The hash of an event: SHA-256 over its canonical JSON, which names the hash before it.

Canonical here means sorted keys, no spaces, UTF-8, times in UTC to the microsecond; facts hold whole numbers, text and
lists only (a fraction is written as text), so that every language writes them alike.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any


def event_hash(
    *,
    lot_id: int,
    sequence: int,
    kind: str,
    at: datetime,
    facts: Mapping[str, Any],
    corrects: int | None,
    previous_hash: str,
) -> str:
    """Hex SHA-256 of the event. Raises `ValueError` when a fact is a float."""
    content = {
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "corrects": corrects,
        "facts": _plain(facts),
        "kind": str(kind),
        "lot": lot_id,
        "previous": previous_hash,
        "sequence": sequence,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        raise ValueError("facts hold no fractions as numbers: write them as text")
    return value
