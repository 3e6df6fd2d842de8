"""A cooperative's standing: deposit and funds on one side, pledges, debts and waiting lines on the other."""

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.agreements.cover import queries as cover
from fieldcast.settlement.types import Standing
from fieldcast.settlement.waiting import waiting
from fieldcast.trade import queries as trade


def standing(*, cooperative_id: int) -> Standing:
    """One organisation's standing; all zero for one that is no cooperative. Raises `NotFound`."""
    return _standing(accounts.organisation(organisation_id=cooperative_id))


def standings(*, county_id: int) -> tuple[Standing, ...]:
    """Every cooperative's standing, by code."""
    found = accounts.organisations(county_id=county_id, kind=OrganisationKind.COOPERATIVE)
    return tuple(_standing(one) for one in found)


def _standing(cooperative: OrganisationRef) -> Standing:
    behind = cover.cover_of(cooperative_id=cooperative.id)
    return Standing(
        cooperative_id=cooperative.id,
        name=cooperative.name,
        name_en=cooperative.name_en,
        deposit_fen=behind.deposit_fen,
        rooms=behind.rooms,
        owed_fen=behind.owed_fen,
        pledged_fen=trade.pledge_of(cooperative_id=cooperative.id).total_fen,
        free_deposit_fen=trade.free_deposit_fen(cooperative_id=cooperative.id),
        waiting=next(iter(waiting(county_id=cooperative.county_id, seller_id=cooperative.id)), None),
    )
