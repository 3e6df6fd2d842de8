"""Inspected: tested for residues."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from django.utils.translation import gettext_lazy as _

from fieldcast.trace.facts.base import Choice, Fact, Text
from fieldcast.trace.problems import ResiduesAboveLimits
from fieldcast.trace.types import EventKind


class Result(StrEnum):
    """Was the test passed?"""

    PASS = "pass"  # noqa: S105 — no password
    FAIL = "fail"


class Residue(StrEnum):
    """What was found of pesticides, against the limits of the food standard."""

    NOT_DETECTED = "not detected"
    WITHIN_LIMITS = "within limits"
    ABOVE_LIMITS = "above limits"


# How programs wrote results before they were an enumeration.
OLD_RESULTS: Final = {
    **dict.fromkeys(("passed", "ok", "合格"), Result.PASS.value),
    **dict.fromkeys(("failed", "不合格"), Result.FAIL.value),
}


@dataclass(frozen=True, kw_only=True)
class Inspected(Fact):
    """A test of the picked lot, by the station named. A test with residues above the limits is failed."""

    kind: ClassVar = EventKind.INSPECTED
    biz_step: ClassVar = "inspecting"
    old_values: ClassVar = {"result": OLD_RESULTS}
    result: Annotated[Result, Choice(label=_("Result"), of=Result)]
    residue: Annotated[Residue, Choice(label=_("Residues"), of=Residue)]
    report: Annotated[str, Text(label=_("Report number"), most=40)] = ""
    station: Annotated[str, Text(label=_("Tested by"))] = ""

    def check(self) -> None:
        """No pass above the limits."""
        if self.residue == Residue.ABOVE_LIMITS and self.result == Result.PASS:
            raise ResiduesAboveLimits(field="result")

    @property
    def disposition(self) -> str:
        """What the test says of it."""
        return "conformant" if self.result == Result.PASS else "non_conformant"
