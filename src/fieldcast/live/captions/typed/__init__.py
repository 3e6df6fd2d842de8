"""Typed along by someone who listens: a whole sentence at a time, at the moment it was sent."""

from dataclasses import dataclass, replace
from datetime import timedelta

from fieldcast.live.captions.interface import Said


@dataclass(frozen=True)
class Typed:
    """The engine `typed`. Nobody who types says when a sentence ended."""

    clock_slack: timedelta = timedelta(seconds=30)

    def line(self, said: Said) -> Said:
        """The sentence, without an end."""
        return replace(said, ended_at=None)


ENGINE = Typed()
