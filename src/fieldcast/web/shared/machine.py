"""What was started again on this machine, as the page of checks shows it."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fieldcast.kit import restarts
from fieldcast.kit.errors import Sentence
from fieldcast.kit.restarts import Program, Why

NAMES: Final[dict[str, Sentence]] = {
    "database": _("Database"),
    "pages": _("Page server"),
    "pages worker": _("Page server, one of its workers"),
    "provider": _("Trial payment provider"),
    "provider worker": _("Trial payment provider, its worker"),
    "jobs": _("Background jobs"),
}
REASONS: Final[dict[Why, Sentence]] = {
    Why.ENDED: _("ended with an error"),
    Why.KILLED: _("was killed"),
    Why.HUNG: _("did not answer any more"),
    Why.DATABASE_AWAY: _("the database was away"),
}


@dataclass(frozen=True)
class Row:
    """A program and what happened to it."""

    name: Sentence
    program: Program

    @property
    def reason(self) -> Sentence:
        """Why it was started again the last time."""
        return REASONS[self.program.why] if self.program.why else ""


@dataclass(frozen=True)
class Machine:
    """The programs that were started again since the platform started, and since when that is."""

    known: restarts.Restarts
    rows: tuple[Row, ...]


def machine() -> Machine:
    """Read it now."""
    known = restarts.read(settings.HOME)
    rows = (Row(_called(program.name), program) for program in known.programs if program.count)
    return Machine(known=known, rows=tuple(rows))


def _called(name: str) -> Sentence:
    """A program in words; one that runs beside a session is called `session-<number>`."""
    kind, _dash, number = name.partition("-")
    return (
        _("Video of session %(number)s") % {"number": number} if kind == "session" else NAMES.get(name, name)
    )
