"""A party agrees to a version: each by its own person, a household also by the sheet that it signed on paper.

What whoever it hurts must accept is accepted in the same step, or nothing is signed. The version is the newest, and the
one that was read: terms that changed under the pen are refused by their hash.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.access import has_role, require
from fieldcast.accounts.types import OrganisationKind, SignedIn
from fieldcast.agreements import asking, queries, told
from fieldcast.agreements.concerns import Concern, concerns_of
from fieldcast.agreements.models import AcceptedConcern, Agreement, Consent
from fieldcast.agreements.problems import (
    AgreementEnded,
    ConcernNotAccepted,
    NotAParty,
    NotOnPaper,
    SheetUsed,
    SignsForBoth,
    VersionChanged,
)
from fieldcast.agreements.types import VersionView
from fieldcast.agreements.votes import operations as votes_operations
from fieldcast.catalog.members import household_ids
from fieldcast.files import operations as files_operations
from fieldcast.files import queries as files
from fieldcast.files.sent import DrawnPhoto
from fieldcast.files.types import FileKind, Retention

SENTENCE = 600


@transaction.atomic
def consent(
    *,
    by: SignedIn,
    version_id: int,
    organisation_id: int,
    now: datetime,
    accepts: Collection[str] = (),
    sha256: str = "",
) -> None:
    """Write down that a party agrees to a version; saying it twice changes nothing.

    `accepts`: the keys of what it accepts although it hurts (`concerns`). `sha256`: of the version that was read.
    A household of the cooperative may agree beside it. Raises `NotAParty`, `VersionChanged`, `AgreementEnded`,
    `SignsForBoth` and `ConcernNotAccepted`; for the cooperative `MembersVoteFirst`, `MembersAreVoting` and
    `MembersSaidNo`.
    """
    version = _locked(version_id)
    if _has_agreed(version, organisation_id):
        return
    _check_signs(version, organisation_id, sha256)
    _check_one_side(version, by)
    if organisation_id == version.cooperative_id:
        votes_operations.must_have_passed(version, now=now)
    accepted = _accepted(version, organisation_id, accepts)
    row = Consent.objects.create(
        version_id=version_id, organisation_id=organisation_id, person_id=by.pk, at=now
    )
    _write_accepted(row, accepted)
    asking.agreed(version_id=version_id, organisation_id=organisation_id, by=by, now=now)
    told.consent_given(version_id=version_id, organisation_id=organisation_id, now=now)


@transaction.atomic
def enter_sheet(
    *,
    by: SignedIn,
    version_id: int,
    household_id: int,
    picture: DrawnPhoto,
    now: datetime,
    accepts: Collection[str] = (),
    sha256: str = "",
) -> None:
    """The cooperative enters that a household agreed on paper, with the picture of the sheet; twice changes nothing.

    Raises `NotFound` for anyone but its managers, `NotOnPaper` for who is no household, `SheetUsed` for a picture that
    stands for another signature, and as `consent` does.
    """
    version = _locked(version_id)
    require(by, "agreements.revise", version)
    if accounts.organisation(organisation_id=household_id).kind != OrganisationKind.HOUSEHOLD:
        raise NotOnPaper
    if _has_agreed(version, household_id):
        return
    _check_signs(version, household_id, sha256)
    if has_role(by, household_id):
        raise SignsForBoth
    accepted = _accepted(version, household_id, accepts)
    _check_unused(picture)
    kept = files_operations.keep_drawn(
        by=by,
        county_id=version.county_id,
        organisation_id=version.cooperative_id,
        kind=FileKind.SHEET,
        retention=Retention.HOUSEHOLD,
        name=picture.name,
        drawn=picture.drawn,
        now=now,
    )
    row = Consent.objects.create(
        version_id=version_id, organisation_id=household_id, person_id=by.pk, sheet_id=kept.id, at=now
    )
    _write_accepted(row, accepted)
    asking.agreed(version_id=version_id, organisation_id=household_id, by=by, now=now)


def may_sign(version: VersionView, organisation_id: int) -> bool:
    """A party, or a household whose farm belongs to the cooperative."""
    if organisation_id in version.parties.values():
        return True
    return organisation_id in household_ids(cooperative_id=version.cooperative_id)


def write_consent(version: VersionView, *, by: SignedIn, organisation_id: int, now: datetime) -> bool:
    """Whoever writes a version agrees to it for its own party, unless something in it must be accepted first."""
    if concerns_of(version, organisation_id=organisation_id):
        return False
    Consent.objects.create(version_id=version.id, organisation_id=organisation_id, person_id=by.pk, at=now)
    asking.agreed(version_id=version.id, organisation_id=organisation_id, by=by, now=now)
    return True


def _locked(version_id: int) -> VersionView:
    """The version, once nobody can add a newer one to its agreement meanwhile."""
    found = queries.version(version_id=version_id)
    Agreement.objects.select_for_update().get(id=found.agreement_id)
    return queries.version(version_id=version_id)


def _has_agreed(version: VersionView, organisation_id: int) -> bool:
    return Consent.objects.filter(version_id=version.id, organisation_id=organisation_id).exists()


def _check_signs(version: VersionView, organisation_id: int, sha256: str) -> None:
    if not may_sign(version, organisation_id):
        raise NotAParty
    if version.ended:
        raise AgreementEnded
    if not version.latest or (sha256 and sha256 != version.sha256):
        newest = queries.versions_of(agreement_id=version.agreement_id)[0]
        raise VersionChanged(version=newest.number, version_id=newest.id)


def _check_one_side(version: VersionView, by: SignedIn) -> None:
    """Nobody agrees with themselves. A sheet is the household's own hand, whoever entered it."""
    if Consent.objects.filter(version_id=version.id, person_id=by.pk, sheet__isnull=True).exists():
        raise SignsForBoth


def _accepted(version: VersionView, organisation_id: int, accepts: Collection[str]) -> tuple[Concern, ...]:
    found = concerns_of(version, organisation_id=organisation_id)
    for one in found:
        if one.key not in accepts:
            raise ConcernNotAccepted(
                clause=one.clause, title=one.title, value=one.value, would=one.sentence, accepts=one.key
            )
    return found


def _write_accepted(row: Consent, accepted: Collection[Concern]) -> None:
    AcceptedConcern.objects.bulk_create(
        AcceptedConcern(consent=row, clause=one.clause, why=one.why.value, sentence=one.sentence[:SENTENCE])
        for one in accepted
    )


def _check_unused(picture: DrawnPhoto) -> None:
    """The very same picture stands for one signature alone."""
    used = Consent.objects.filter(sheet__sha256=picture.drawn.sha256).select_related("organisation").first()
    if used is not None:
        raise SheetUsed(name=used.organisation.name)


def sheets_alike(*, version: VersionView) -> dict[int, tuple[int, ...]]:
    """By sheet, other files that look like it: forms look alike, so it is shown and not refused."""
    rows = Consent.objects.filter(version_id=version.id, sheet__isnull=False)
    return {
        file_id: tuple(one.file.id for one in files.alike(county_id=version.county_id, file_id=file_id))
        for file_id in rows.values_list("sheet_id", flat=True)
        if file_id is not None
    }
