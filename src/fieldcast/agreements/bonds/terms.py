"""What versions of agreements say of bonds and penalties: the one place where their terms are read for it."""

from collections.abc import Iterable

from fieldcast.agreements import queries as agreements
from fieldcast.agreements.bonds.problems import NoPenalty
from fieldcast.agreements.bonds.types import BondKey, BondTerm, PenaltyTerm
from fieldcast.agreements.models import AgreementVersion
from fieldcast.agreements.types import VersionView


def bonds_of(version: VersionView) -> tuple[BondTerm, ...]:
    """The bonds of roles that somebody takes."""
    return tuple(one for one in version.terms.bonds if one.role in version.parties)


def penalties_of(version: VersionView) -> tuple[PenaltyTerm, ...]:
    """The penalties between roles that two different organisations take."""
    return tuple(
        one
        for one in version.terms.penalties
        if one.role in version.parties
        and one.to in version.parties
        and version.parties[one.role] != version.parties[one.to]
    )


def penalty_of(version: VersionView, clause: int) -> PenaltyTerm:
    """The penalty of a clause. Raises `NoPenalty`."""
    found = [one for one in penalties_of(version) if one.clause == clause]
    if not found:
        raise NoPenalty
    return found[0]


def agreed_fen(version: VersionView, organisation_id: int) -> int:
    """What an organisation leaves under a version, whatever roles it takes."""
    return sum(one.fen for one in bonds_of(version) if version.parties[one.role] == organisation_id)


def payout_bp(version: VersionView, role: str) -> int:
    """What part of a role's payouts fills its bond."""
    return sum(one.payout_bp for one in bonds_of(version) if one.role == role)


def keys_of(version: VersionView) -> tuple[BondKey, ...]:
    """Who leaves a bond under a version, or may have to pay a penalty."""
    roles = [one.role for one in bonds_of(version)] + [one.role for one in penalties_of(version)]
    parties = dict.fromkeys(version.parties[role] for role in roles)
    return tuple(BondKey(version.agreement_id, party) for party in parties)


def versions_of(*, agreement_ids: Iterable[int]) -> tuple[VersionView, ...]:
    """Every version of several agreements that says something of it, the oldest first."""
    rows = AgreementVersion.objects.filter(agreement_id__in=set(agreement_ids)).values_list("id", flat=True)
    found = agreements.versions(ids=rows)
    return tuple(found[one] for one in sorted(found) if keys_of(found[one]))


def in_force(*, agreement_ids: Iterable[int]) -> dict[int, VersionView]:
    """The newest version of each agreement that everyone who must has agreed to, also after it has ended."""
    rows = AgreementVersion.objects.filter(agreement_id__in=set(agreement_ids)).values_list("id", flat=True)
    found = agreements.versions(ids=rows)
    agreed = agreements.agreed_versions(ids=found)
    return {found[one].agreement_id: found[one] for one in sorted(found) if one in agreed}
