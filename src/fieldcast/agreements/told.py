"""What agreements tells people."""

from dataclasses import dataclass
from datetime import datetime
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
