"""How badly the sandbox behaves, and the plan it draws from that for each payment and refund.

A plan depends on the profile, its seed and the number of the payment since the profile was set, and on
nothing else: the third payment under seed 7 always meets the same faults, whoever makes it and whatever else
goes on.
"""

import json
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal

RETRY_SECONDS = (0.2, 1.0, 2.0, 5.0, 15.0, 30.0, 60.0, 180.0, 600.0, 1800.0, 3600.0)
SOON_SECONDS = (0.2, 0.6)  # an ordinary notice: the browser is usually back first
FRACTIONS = ("late", "twice", "out_of_order", "before_return", "lost")
LONGEST_SECONDS = 86_400
LARGEST = 2**53  # what JSON can carry exactly

Stream = Literal["payment", "refund"]


class BadProfile(ValueError):
    """A fault profile that cannot be used; the message names the field."""


@dataclass(frozen=True)
class Faults:
    """A fault profile. Fractions are of payments (and of refunds), from 0 to 1; times are in seconds.

    `late` notices wait a time within `late_seconds`; `twice` ones are sent a second time under the same id,
    half of those at the same moment; `out_of_order` sends an older notice after a newer one; `before_return`
    tells the platform before the browser is sent back; `lost` ones are never sent. `retry_seconds` are the
    waits between attempts until an answer is 2xx, after which the notice is given up.
    """

    seed: int = 0
    late: float = 0.0
    late_seconds: tuple[float, float] = (1.0, 6.0)
    twice: float = 0.0
    out_of_order: float = 0.0
    before_return: float = 0.0
    lost: float = 0.0
    retry_seconds: tuple[float, ...] = RETRY_SECONDS

    def __post_init__(self) -> None:
        """Raise `BadProfile` for what cannot be."""
        for name in FRACTIONS:
            if not 0 <= getattr(self, name) <= 1:
                raise BadProfile(f"{name} must be between 0 and 1")
        if (
            len(self.late_seconds) != 2
            or not 0 <= self.late_seconds[0] <= self.late_seconds[1] <= LONGEST_SECONDS
        ):
            raise BadProfile("late_seconds must be two numbers, the smaller first")
        if any(not 0 <= wait <= LONGEST_SECONDS for wait in self.retry_seconds):
            raise BadProfile("retry_seconds must be numbers between 0 and 86400")

    def as_dict(self) -> dict[str, Any]:
        """As JSON would say it."""
        return asdict(self)


PROFILES = {
    "none": Faults(),
    "mild": Faults(late=0.15, twice=0.2, out_of_order=0.1, before_return=0.3),
    "harsh": Faults(late=0.4, late_seconds=(1.0, 20.0), twice=0.5, out_of_order=0.4, before_return=0.5),
}


def from_text(text: str) -> Faults:
    """A profile from its name (`none`, `mild`, `harsh`) or from a JSON object. Raises `BadProfile`."""
    if text in PROFILES:
        return PROFILES[text]
    try:
        content = json.loads(text)
    except ValueError as error:
        raise BadProfile(f"a fault profile is a JSON object or one of {', '.join(PROFILES)}") from error
    if not isinstance(content, dict):
        raise BadProfile("a fault profile is a JSON object")
    return from_dict(content)


def from_dict(content: Mapping[str, Any]) -> Faults:
    """A profile from its fields; `profile` names the one the rest is changed from (else `none`).

    Raises `BadProfile`.
    """
    base = content.get("profile", "none")
    if not isinstance(base, str) or base not in PROFILES:
        raise BadProfile(f"profile must be one of {', '.join(PROFILES)}")
    known = {field.name for field in fields(Faults)}
    changes: dict[str, Any] = {}
    for name, value in content.items():
        if name == "profile":
            continue
        if name not in known:
            raise BadProfile(f"there is no field {name}; there are {', '.join(sorted(known))}")
        changes[name] = _value(name, value)
    return replace(PROFILES[base], **changes)


def _value(name: str, value: Any) -> int | float | tuple[float, ...]:
    if name.endswith("_seconds"):
        if not isinstance(value, list) or not all(_is_number(item) for item in value):
            raise BadProfile(f"{name} must be a list of numbers")
        return tuple(float(item) for item in value)
    if not _is_number(value) or (name == "seed" and not isinstance(value, int)):
        raise BadProfile(f"{name} must be a number")
    return value if name == "seed" else float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


@dataclass(frozen=True)
class Plan:
    """What will happen to one payment's (or refund's) notice. Times are in seconds.

    `wait` is until it is first sent, `again` from then until the second copy (None: there is none).
    """

    lost: bool
    late: bool
    before_return: bool
    wait: float
    again: float | None
    out_of_order: bool


def plan(faults: Faults, stream: Stream, number: int) -> Plan:
    """The plan for the `number`-th payment or refund.

    Each fault has its own draw, so one does not move another.
    """
    rng = random.Random(f"{faults.seed}/{stream}/{number}")  # noqa: S311 — chance to be repeated, not to be secret
    draws = {name: rng.random() < getattr(faults, name) for name in FRACTIONS}
    late_wait, soon_wait = rng.uniform(*faults.late_seconds), rng.uniform(*SOON_SECONDS)
    again = 0.0 if rng.random() < 0.5 else rng.uniform(0.3, 2.0)
    before_return = draws["before_return"] and not draws["late"]
    wait = late_wait if draws["late"] else 0.0 if before_return else soon_wait
    return Plan(
        lost=draws["lost"],
        late=draws["late"],
        before_return=before_return,
        wait=wait,
        again=again if draws["twice"] else None,
        out_of_order=draws["out_of_order"],
    )


class Mischief:
    """The profile in force and how much of it has been dealt out since it was set."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.dealt: Counter[str] = Counter()

    def next_plan(self, stream: Stream) -> Plan:
        """Deal the next plan of a stream and count what is in it."""
        self.dealt[f"{stream}s"] += 1
        drawn = plan(self.faults, stream, self.dealt[f"{stream}s"])
        if drawn.lost:
            self.dealt["lost"] += 1
            return drawn
        for name in ("late", "before_return", "out_of_order"):
            self.dealt[name] += getattr(drawn, name)
        self.dealt["twice"] += drawn.again is not None
        return drawn
