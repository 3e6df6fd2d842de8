"""Stopped and resumed: whether a lot may be sold, and why."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from django.utils.translation import gettext_lazy as _

from fieldcast.trace.facts.base import Fact, Speaker, Text
from fieldcast.trace.types import EventKind

MOST_OF_A_REASON: Final = 200
# What the platform writes when it stops a lot by itself; pages say it in the reader's language.
TEST_NOT_PASSED: Final = "test not passed"


@dataclass(frozen=True, kw_only=True)
class Stopped(Fact):
    """No more is sold of it."""

    kind: ClassVar = EventKind.STOPPED
    biz_step: ClassVar = "holding"
    said_by: ClassVar = Speaker.PLATFORM
    reason: Annotated[str, Text(label=_("Why"), most=MOST_OF_A_REASON)]

    @property
    def disposition(self) -> str:
        """Not for sale."""
        return "non_sellable_other"


@dataclass(frozen=True, kw_only=True)
class Resumed(Fact):
    """It may be sold again."""

    kind: ClassVar = EventKind.RESUMED
    biz_step: ClassVar = "stocking"
    said_by: ClassVar = Speaker.PLATFORM
    reason: Annotated[str, Text(label=_("Why"), most=MOST_OF_A_REASON)]

    @property
    def disposition(self) -> str:
        """Buyers can have it."""
        return "sellable_accessible"
