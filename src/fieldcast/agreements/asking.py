"""Parties are asked for their consent on the desk: one item a party and version, in the transaction of its event."""

from datetime import datetime

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
AGREED = gettext_noop("Agreed to.")
REPLACED = gettext_noop("A newer version stands.")
ENDED = gettext_noop("The agreement has ended.")


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
