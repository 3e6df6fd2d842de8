"""The log of what administrators do: a row for each deed, in the transaction that does it."""

from datetime import datetime

from fieldcast.accounts.models import OfficeDeed
from fieldcast.accounts.office.types import Deed
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.said import said

MOST_LETTERS = 200


def note(
    kind: Deed,
    *,
    county_id: int,
    by: SignedIn | None,
    now: datetime,
    person_id: int | None = None,
    organisation_id: int | None = None,
    before: str = "",
    after: str = "",
    reason: str = "",
) -> None:
    """Write down a deed. `by` None is the platform itself."""
    OfficeDeed.objects.create(
        kind=kind.value,
        county_id=county_id,
        by_id=by.pk if by else None,
        at=now,
        person_id=person_id,
        organisation_id=organisation_id,
        before=before[:MOST_LETTERS],
        after=after[:MOST_LETTERS],
        reason=said(reason)[:MOST_LETTERS],
    )
