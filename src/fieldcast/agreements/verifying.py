"""What anyone may know of a version by its hash: whether it was signed, between which organisations, when, whether it
is in force. No person, no household's name, no money.
"""

from dataclasses import dataclass
from datetime import date, datetime

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.agreements import ending, queries
from fieldcast.agreements.marks import hash_of
from fieldcast.agreements.models import AgreementVersion
from fieldcast.agreements.roles import ROLES
from fieldcast.kit.errors import Sentence


@dataclass(frozen=True)
class Signer:
    """A party: as what, its name unless it is a household, and when it agreed, if it did."""

    role: Sentence
    organisation: OrganisationRef | None
    at: datetime | None


@dataclass(frozen=True)
class Verified:
    """A version that stands. `signed_at`: when the last who must had agreed. `whole`: its terms give its hash."""

    number: int
    written_at: datetime
    signers: tuple[Signer, ...]
    signed_at: datetime | None
    in_force: bool
    replaced_by: int | None
    last_day: date | None
    ended_at: datetime | None
    whole: bool


def look_up(*, sha256: str, today: date) -> Verified | None:
    """The version with a hash; None where there is none."""
    version = queries.by_hash(sha256=sha256)
    if version is None:
        return None
    consents = {one.organisation_id: one for one in queries.consents_of(version_id=version.id)}
    named = accounts.organisations_by_ids(ids=set(version.parties.values()))
    signed = set(version.signers) <= consents.keys()
    seen = ending.outlook(agreement_id=version.agreement_id, today=today)
    governs = queries.in_force(agreement_id=version.agreement_id)
    holds = signed and governs.id == version.id and version.begins_after(today) is None
    over = seen.last_day is not None and seen.last_day < today
    return Verified(
        number=version.number,
        written_at=version.created_at,
        signers=tuple(
            Signer(
                role=ROLES[role].party,
                organisation=None if named[party].kind == OrganisationKind.HOUSEHOLD else named[party],
                at=consents[party].at if party in consents else None,
            )
            for role, party in version.parties.items()
        ),
        signed_at=max(consents[party].at for party in version.signers) if signed else None,
        in_force=holds and seen.ended_at is None and not over,
        replaced_by=governs.number if governs.number > version.number else None,
        last_day=seen.last_day,
        ended_at=seen.ended_at,
        whole=sha256
        == hash_of(
            agreement_id=version.agreement_id,
            number=version.number,
            parties=version.parties,
            terms=AgreementVersion.objects.values_list("terms", flat=True).get(id=version.id),
        ),
    )
