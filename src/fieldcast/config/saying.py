"""What the runner says while it runs: on standard error what somebody must do, in `logs/platform.log` what happened."""

import contextlib
import sys
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation.trans_null import gettext_noop  # marks words without reading settings

from fieldcast.config import disk

FULL = gettext_noop("The disk is full: free some space in %(where)s; the platform goes on by itself then.")
REFUSED = gettext_noop(
    "%(where)s cannot be written (%(reason)s): mend that; the platform goes on by itself then."
)
WRITTEN = gettext_noop("%(where)s can be written again: the platform goes on.")


class Voice:
    """Says a trouble once, however often it is met, and once that it is over."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.log = home / "logs" / "platform.log"
        self._refused = False
        self._again = False

    def record(self, line: str) -> None:
        """Write down what happened, with its time; where the disk refuses, nothing."""
        with contextlib.suppress(OSError), self.log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {line}\n")

    def refused(self, error: OSError) -> None:
        """The disk refused something."""
        self._again = True
        if self._refused:
            return
        self._refused = True
        reason = error.strerror or str(error)
        self._say(FULL if error.errno in disk.FULL else REFUSED, reason=reason)

    def all_is_written(self) -> None:
        """Everything there was to write has been written; called now and then, also when nothing had been refused."""
        if self._refused and not self._again:
            self._refused = False
            self._say(WRITTEN, reason="")
        self._again = False

    def _say(self, sentence: str, *, reason: str) -> None:
        # a runner without Django of its own has no translations
        words = (gettext(sentence) if settings.configured else sentence) % {
            "where": self._home,
            "reason": reason,
        }
        self.record(words)
        print(words, file=sys.stderr, flush=True)
