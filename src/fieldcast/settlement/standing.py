"""A cooperative's standing: deposit and funds on one side, pledges, debts and waiting lines on the other."""

from collections.abc import Iterable, Sequence

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.agreements.cover import queries as cover
from fieldcast.settlement.types import Standing, Waiting
from fieldcast.settlement.waiting import waiting
from fieldcast.trade import queries as trade


def standing(*, cooperative_id: int) -> Standing:
    """One organisation's standing; all zero for one that is no cooperative. Raises `NotFound`."""
    cooperative = accounts.organisation(organisation_id=cooperative_id)
    (found,) = _standings([cooperative], waiting(county_id=cooperative.county_id, seller_id=cooperative_id))
    return found


def standings(*, county_id: int) -> tuple[Standing, ...]:
    """Every cooperative's standing, by code; in as many statements as one cooperative's."""
    found = accounts.organisations(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    return _standings(found, waiting(county_id=county_id))


def _standings(cooperatives: Sequence[OrganisationRef], waits: Iterable[Waiting]) -> tuple[Standing, ...]:
    ids = [one.id for one in cooperatives]
    behind, pledges = cover.covers_of(cooperative_ids=ids), trade.pledges_of(cooperative_ids=ids)
    waiting_of = {one.seller_id: one for one in waits}
    return tuple(
        Standing(
            cooperative_id=one.id,
            name=one.name,
            name_en=one.name_en,
            deposit_fen=behind[one.id].deposit_fen,
            rooms=behind[one.id].rooms,
            owed_fen=behind[one.id].owed_fen,
            pledged_fen=pledges[one.id].total_fen,
            free_deposit_fen=pledges[one.id].free_deposit_fen(behind[one.id]),
            waiting=waiting_of.get(one.id),
        )
        for one in cooperatives
    )
