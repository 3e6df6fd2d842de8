"""What people are told: that a code for their account was made, and that their password was changed by one."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import MOST_LETTERS, Kind, register
from fieldcast.inbox.types import Letter
from fieldcast.recovery.models import ResetCode


@dataclass(frozen=True)
class _OfCode(Kind):
    """Something about a code. `at` as ISO 8601; `centre` is empty for one that was sent to the phone."""

    at: str
    centre: str

    @property
    def places(self) -> dict[str, str]:
        """What fills the sentence."""
        at = timezone.localtime(datetime.fromisoformat(self.at))
        day = formats.date_format(at, "MONTH_DAY_FORMAT")
        return {"day": day, "time": f"{at:%H:%M}", "centre": self.centre}


@register
@dataclass(frozen=True)
class CodeMade(_OfCode):
    """A code was made, or sent; nothing has changed yet."""

    name: ClassVar[str] = "reset_code_made"

    @property
    def sentence(self) -> str:
        """Where, and what to do if it was for somebody else."""
        if self.centre:
            return (
                _(
                    "On %(day)s at %(time)s %(centre)s made a code for a new password for you. "
                    "If you did not ask for it, tell them at once."
                )
                % self.places
            )
        return (
            _(
                "On %(day)s at %(time)s a code for a new password was sent to your phone. "
                "If you did not ask for it, give it to nobody."
            )
            % self.places
        )


@register
@dataclass(frozen=True)
class PasswordChanged(_OfCode):
    """The code was used."""

    name: ClassVar[str] = "password_changed_by_code"

    @property
    def sentence(self) -> str:
        """When, what was ended, and what to do if it was somebody else."""
        return (
            _(
                "Your password was changed on %(day)s at %(time)s; every other phone and computer was signed out, "
                "and keys for programs ended. If that was not you, go to the service centre at once."
            )
            % self.places
        )


def code_made(row: ResetCode, *, now: datetime) -> None:
    """Whoever it is for hears of it."""
    _send(CodeMade, row, now=now)


def password_changed(row: ResetCode, *, now: datetime) -> None:
    """Whoever's password it is hears of it."""
    _send(PasswordChanged, row, now=now)


def _send(kind: type[_OfCode], row: ResetCode, *, now: datetime) -> None:
    letter = Letter(
        to=(row.person_id,),
        county_id=row.person.county_id,
        what=kind(at=now.isoformat(), centre=row.centre.name[:MOST_LETTERS] if row.centre else ""),
        link="/me/",
        once_key=f"{kind.name}:{row.pk}",
    )
    inbox_operations.send(letters=[letter], now=now)
