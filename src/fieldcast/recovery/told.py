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


@register
@dataclass(frozen=True)
class CodeMade(Kind):
    """A code was made at a centre; nothing has changed yet. `at` as ISO 8601."""

    name: ClassVar[str] = "reset_code_made"
    at: str
    centre: str

    @property
    def sentence(self) -> str:
        """Where, and what to do if it was for somebody else."""
        said = _(
            "On %(day)s at %(time)s %(centre)s made a code for a new password for you. If you did not ask for it, "
            "tell them at once."
        )
        return said % {**_moment(self.at), "centre": self.centre}


@register
@dataclass(frozen=True)
class CodeSent(Kind):
    """A code was sent to the person's phone. `at` as ISO 8601."""

    name: ClassVar[str] = "reset_code_sent"
    at: str

    @property
    def sentence(self) -> str:
        """When, and what to do if they did not ask for it."""
        said = _(
            "On %(day)s at %(time)s a code for a new password was sent to your phone. If you did not ask for it, give "
            "it to nobody."
        )
        return said % _moment(self.at)


@register
@dataclass(frozen=True)
class PasswordChanged(Kind):
    """A code was used. `at` as ISO 8601."""

    name: ClassVar[str] = "password_changed_by_code"
    at: str

    @property
    def sentence(self) -> str:
        """When, what was ended, and what to do if it was somebody else."""
        said = _(
            "Your password was changed on %(day)s at %(time)s; every other phone and computer was signed out, and keys "
            "for programs ended. If that was not you, go to the service centre at once."
        )
        return said % _moment(self.at)


def code_made(row: ResetCode, *, now: datetime) -> None:
    """Whoever it is for hears of it."""
    at = now.isoformat()
    centre = row.centre.name[:MOST_LETTERS] if row.centre else ""
    _send(CodeMade(at=at, centre=centre) if centre else CodeSent(at=at), row, now=now)


def password_changed(row: ResetCode, *, now: datetime) -> None:
    """Whoever's password it is hears of it."""
    _send(PasswordChanged(at=now.isoformat()), row, now=now)


def _send(what: Kind, row: ResetCode, *, now: datetime) -> None:
    if row.person.county_id is None:  # who signed up before there was a county has no messages
        return
    letter = Letter(
        to=(row.person_id,),
        county_id=row.person.county_id,
        what=what,
        link="/me/",
        once_key=f"{what.name}:{row.pk}",
    )
    inbox_operations.send(letters=[letter], now=now)


def _moment(text: str) -> dict[str, str]:
    """Day and time as people say them."""
    at = timezone.localtime(datetime.fromisoformat(text))
    return {"day": formats.date_format(at, "MONTH_DAY_FORMAT"), "time": f"{at:%H:%M}"}
