"""Agreements reach a view only through here."""

from datetime import datetime

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.access import has_role, require
from fieldcast.accounts.types import Actor, SignedIn
from fieldcast.agreements import queries
from fieldcast.agreements.models import Consent
from fieldcast.agreements.signing import may_sign
from fieldcast.agreements.types import VersionView
from fieldcast.files import queries as files
from fieldcast.files.types import Content
from fieldcast.kit.errors import NotFound


def load_version(*, by: Actor, version_id: int, perm: str = "agreements.view") -> VersionView:
    """The version, if `by` may do `perm` with it; else `NotFound`."""
    version = queries.version(version_id=version_id)
    require(by, perm, version)
    return version


def load_version_to_sign(*, by: Actor, version_id: int, household_id: int) -> VersionView:
    """The version, for a household that may sign it: a party, or one whose farm belongs to its cooperative."""
    version = queries.version(version_id=version_id)
    if not (has_role(by, household_id) and may_sign(version, household_id)):
        raise NotFound("agreement")
    return version


def load_sheet(*, by: SignedIn, version_id: int, file_id: int, now: datetime) -> Content:
    """A signed sheet of a version, for the agreement's parties and the authority; else `NotFound`.

    Who looks at it is written down: a name and a signature stand on it.
    """
    version = load_version(by=by, version_id=version_id)
    if not Consent.objects.filter(version_id=version.id, sheet_id=file_id).exists():
        raise NotFound("file")
    accounts_operations.log_personal_read(
        by=by,
        subject=f"file {file_id}",
        what="document",
        reason=f"looking at what a household signed of version {version.id}",
        now=now,
    )
    return files.content(file_id=file_id)
