"""What stands behind a cooperative: deposits, funds and their limits, written down by an officer."""

from itertools import count

from django.db import transaction

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.agreements.cover.types import FundView
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW, make_member, make_organisation
from tests.factories.market import Stall

_slips = count(1)


def slip() -> str:
    """A bank slip's number nobody else in this run has."""
    return f"SLIP-{next(_slips):06d}"


def make_officer(county_id: int) -> Person:
    """The owner of a county authority."""
    authority = make_organisation(county_id=county_id, kind=OrganisationKind.AUTHORITY, name="河湾县商务局")
    return make_member(organisation=authority, name="监管员")


@transaction.atomic
def give_deposit(stall: Stall, amount_fen: int, *, by: Person | None = None) -> Person:
    """A deposit of the stall's cooperative; returns the officer who wrote it down."""
    officer = by or make_officer(stall.county_id)
    cover_operations.receive_deposit(
        by=officer, cooperative_id=stall.cooperative.id, amount_fen=amount_fen, slip=slip(), now=NOW
    )
    return officer


@transaction.atomic
def make_fund(
    stall: Stall,
    *,
    cash_fen: int,
    limit_fen: int | None = None,
    by: Person | None = None,
    name: str = "保底基金",
) -> FundView:
    """A fund with cash that stands behind the stall's cooperative, with all of it unless a limit is given."""
    officer = by or make_officer(stall.county_id)
    fund = cover_operations.found_fund(by=officer, county_id=stall.county_id, name=name, now=NOW)
    cover_operations.receive_for_fund(by=officer, fund_id=fund.id, amount_fen=cash_fen, slip=slip(), now=NOW)
    return trade_operations.set_backing(
        by=officer,
        fund_id=fund.id,
        cooperative_id=stall.cooperative.id,
        limit_fen=cash_fen if limit_fen is None else limit_fen,
        now=NOW,
    )
