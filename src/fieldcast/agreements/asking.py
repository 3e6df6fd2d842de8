"""Parties are asked for their consent on the desk: one item a party and version, in the transaction of its event."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from fieldcast.accounts.types import Role, SignedIn
from fieldcast.agreements.types import VersionView
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind, register
from fieldcast.desk.types import Owner

CONSENT = register(
    Kind(
        code="consent",
        asks=_("%(name)s, version %(n)s, waits for your consent"),
        hint=_("Read what it would pay you, then agree; until then nothing is sold under it."),
        way=_("Read the terms and agree"),
        working_days=5,
        in_words=False,
    )
)
ENDS = register(
    Kind(
        code="agreement_ends",
        asks=_("“%(name)s” runs out on %(day)s"),
        hint=_(
            "Agree on a new version with a later end, or let it end: nothing is sold under it after that day."
        ),
        way=_("Look at the agreement"),
        working_days=20,
        in_words=False,
    )
)
AGREED = gettext_noop("Agreed to.")
REPLACED = gettext_noop("A newer version stands.")
ENDED = gettext_noop("The agreement has ended.")
GOES_ON = gettext_noop("It does not run out any more.")


def subject(*, version_id: int, organisation_id: int) -> str:
    """The desk's name for a party's consent to a version."""
    return f"{version_id}:{organisation_id}"


def ask(version: VersionView, *, by: SignedIn | None, now: datetime) -> None:
    """Ask every party; the cooperative hears of those that do not answer in time."""
    heard_by = Owner(version.cooperative_id, Role.MANAGER)
    for party in dict.fromkeys(version.parties.values()):
        desk_operations.open_item(
            kind=CONSENT,
            subject=subject(version_id=version.id, organisation_id=party),
            county_id=version.county_id,
            owner=Owner(party, Role.MANAGER),
            escalates_to=heard_by if party != version.cooperative_id else None,
            facts={"name": version.name, "name_en": version.name_en, "n": version.number},
            by=by,
            now=now,
        )


def agreed(*, version_id: int, organisation_id: int, by: SignedIn, now: datetime) -> None:
    """A party has answered."""
    asked = subject(version_id=version_id, organisation_id=organisation_id)
    desk_operations.finish(kind=CONSENT, subject=asked, by=by, words=AGREED, now=now)


def ask_no_more(version: VersionView, *, by: SignedIn | None, words: str, now: datetime) -> None:
    """Nobody has to answer to this version any more."""
    for party in dict.fromkeys(version.parties.values()):
        asked = subject(version_id=version.id, organisation_id=party)
        desk_operations.withdraw(kind=CONSENT, subject=asked, by=by, words=words, now=now)


def about_end(version: VersionView, *, last_day: date, now: datetime) -> None:
    """Ask the cooperative what is to come of an agreement whose version in force runs out."""
    ends = timezone.make_aware(datetime.combine(last_day, time.max))
    desk_operations.open_item(
        kind=ENDS,
        subject=str(version.id),
        county_id=version.county_id,
        owner=Owner(version.cooperative_id, Role.MANAGER),
        due_at=ends,
        facts={
            "name": version.name,
            "name_en": version.name_en,
            "version": version.id,
            "day": last_day.isoformat(),
        },
        by=None,
        now=now,
    )


def about_end_no_more(versions: Iterable[VersionView], *, now: datetime, words: str = GOES_ON) -> None:
    """Nobody has to say any more what is to come of these."""
    for version in versions:
        desk_operations.withdraw(kind=ENDS, subject=str(version.id), by=None, words=words, now=now)
