"""What agreements tells people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import ANSWERABLE
from fieldcast.agreements.types import VersionView
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox.kinds import MOST_LETTERS, Kind, register
from fieldcast.inbox.types import Letter


@register
@dataclass(frozen=True)
class ConsentWanted(Kind):
    """A version of an agreement stands, and one party has not agreed to it."""

    name: ClassVar[str] = "consent_wanted"
    agreement: str
    version: int
    agreement_en: str = ""  # letters written before there was one have none

    @property
    def sentence(self) -> str:
        """Which agreement, and which version of it."""
        english = (get_language() or "").startswith("en") and self.agreement_en
        places = {"agreement": english or self.agreement, "version": self.version}
        return _("“%(agreement)s”, version %(version)s, waits for your consent.") % places


@register
@dataclass(frozen=True)
class AgreementNews(Kind):
    """How long an agreement still holds: it goes on by itself, runs out, or somebody has given notice."""

    name: ClassVar[str] = "agreement_news"
    agreement: str
    what: str
    day: str
    until: str = ""
    agreement_en: str = ""

    @property
    def sentence(self) -> str:
        """Which agreement, and the day."""
        english = (get_language() or "").startswith("en") and self.agreement_en
        places = {"agreement": english or self.agreement, "day": self.day, "until": self.until}
        if self.what == "goes_on":
            return (
                _("“%(agreement)s” goes on by itself on %(day)s. Notice can be given until %(until)s.")
                % places
            )
        if self.what == "notice":
            return (
                _("Notice was given: “%(agreement)s” holds until %(day)s, and nothing is sold after.")
                % places
            )
        return _("“%(agreement)s” runs out: %(day)s is the last day on which something is sold.") % places


def goes_on(version: VersionView, *, on: date, notice_until: date, now: datetime) -> None:
    """Tell every party, once a term, that an agreement renews and until when they may say no."""
    _news(version, "goes_on", on, until=notice_until.isoformat(), now=now)


def runs_out(version: VersionView, *, last_day: date, now: datetime) -> None:
    """Tell every party, once, that an agreement runs out."""
    _news(version, "runs_out", last_day, now=now)


def notice_given(version: VersionView, *, ends_on: date, by_id: int, now: datetime) -> None:
    """Tell every other party that somebody has given notice."""
    _news(version, "notice", ends_on, now=now, without=by_id)


def _news(
    version: VersionView, what: str, day: date, *, now: datetime, until: str = "", without: int | None = None
) -> None:
    parties = {party for party in version.parties.values() if party != without}
    people = accounts.people_of(organisation_ids=parties, roles=ANSWERABLE)
    letters = [
        Letter(
            to=people.get(organisation_id, ()),
            county_id=version.county_id,
            what=AgreementNews(
                agreement=version.name[:MOST_LETTERS],
                what=what,
                day=day.isoformat(),
                until=until,
                agreement_en=version.name_en[:MOST_LETTERS],
            ),
            link=f"/coop/agreements/{version.id}/#term-title",
            once_key=f"agreement:{version.agreement_id}:{what}:{day}:{without or 0}:{organisation_id}",
        )
        for organisation_id in sorted(parties)
    ]
    inbox_operations.send(letters=letters, now=now)


def consent_wanted(version: VersionView, *, of: set[int], now: datetime) -> None:
    """Tell those who answer for each organisation in `of`."""
    people = accounts.people_of(organisation_ids=of, roles=ANSWERABLE)
    letters = [
        Letter(
            to=people.get(organisation_id, ()),
            county_id=version.county_id,
            what=ConsentWanted(
                agreement=version.name[:MOST_LETTERS],
                version=version.number,
                agreement_en=version.name_en[:MOST_LETTERS],
            ),
            link=f"/coop/agreements/{version.id}/",
            once_key=_key(version.id, organisation_id),
        )
        for organisation_id in sorted(of)
    ]
    inbox_operations.send(letters=letters, now=now)


def consent_given(*, version_id: int, organisation_id: int, now: datetime) -> None:
    """Nobody of the organisation is waited for any more, whoever of them agreed."""
    people = accounts.people_of(organisation_ids={organisation_id}, roles=ANSWERABLE)
    inbox_operations.mark_done(
        once_key=_key(version_id, organisation_id), to=people.get(organisation_id, ()), now=now
    )


def _key(version_id: int, organisation_id: int) -> str:
    return f"consent:{version_id}:{organisation_id}"
