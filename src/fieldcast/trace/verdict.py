"""Was a lot tested, and did it pass? The one answer, for its seller, its buyers, its farmer and the county.

The latest test decides, by the time it was made and then by its place in the history, so that a lot that was tested
again and passed is passed. A test that was corrected counts as corrected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fieldcast.trace import facts
from fieldcast.trace.facts.inspected import Inspected, Residue, Result
from fieldcast.trace.types import EventKind, EventView


class Outcome(StrEnum):
    """`UNCLEAR`: the latest test does not say whether it was passed."""

    UNTESTED = "untested"
    PASSED = "passed"
    FAILED = "failed"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Verdict:
    """What the latest test says. `test` is None when there is none."""

    outcome: Outcome
    test: EventView | None = None

    @property
    def tested(self) -> bool:
        """Was it tested at all?"""
        return self.outcome != Outcome.UNTESTED

    @property
    def passed(self) -> bool:
        """Did the latest test pass?"""
        return self.outcome == Outcome.PASSED

    @property
    def failed(self) -> bool:
        """Was the latest test not passed?"""
        return self.outcome == Outcome.FAILED


def verdict(events: Iterable[EventView]) -> Verdict:
    """The verdict on a lot, from its history or from its tests and corrections alone, in their order."""
    tests: dict[int, tuple[EventView, Mapping[str, Any]]] = {}
    test_of: dict[int, int] = {}  # which test an event is, or corrects
    for event in events:
        about = test_of.get(event.corrects or 0)
        if event.kind == EventKind.INSPECTED:
            tests.pop(about or 0, None)
            tests[event.id] = (event, event.facts)
            test_of[event.id] = event.id
        elif event.kind == EventKind.CORRECTED and about in tests:
            test, said = tests[about]
            tests[about] = (test, {**said, **event.facts})
            test_of[event.id] = about
    if not tests:
        return Verdict(Outcome.UNTESTED)
    test, said = max(tests.values(), key=lambda one: (one[0].at, one[0].sequence))
    return Verdict(outcome_of(said), test)


def outcome_of(said: Mapping[str, Any]) -> Outcome:
    """What one test's facts say, whenever they were written. Residues above the limits are no pass."""
    reading = facts.read(kind=EventKind.INSPECTED, facts=said)
    if isinstance(reading.fact, Inspected):
        return Outcome.PASSED if reading.fact.result == Result.PASS else Outcome.FAILED
    result, residue = reading.rest.get("result"), reading.rest.get("residue")
    if result == Result.FAIL or residue == Residue.ABOVE_LIMITS:
        return Outcome.FAILED
    return Outcome.PASSED if result == Result.PASS else Outcome.UNCLEAR
