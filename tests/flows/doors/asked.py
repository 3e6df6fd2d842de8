"""What is asked at a door: where exactly, and with what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Things = Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """`path` names other things than the usual ones; `send` is the form, or the API's body; `before` happens first."""

    path: Things = field(default_factory=dict)
    send: Things = field(default_factory=dict)
    query: Things = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
