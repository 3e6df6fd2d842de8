"""Reads of people: what each household earned."""

from datetime import datetime

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.people.types import HouseholdIncome
from fieldcast.settlement import queries as settlement


def household_incomes(*, county_id: int, since: datetime, until: datetime) -> tuple[HouseholdIncome, ...]:
    """Every household of the county with what its statements issued in [since, until) add up to, the largest first.

    A household without a statement is there with nothing: that it earned nothing here is known, not missing.
    """
    households = accounts.organisations(county_id=county_id, kind=OrganisationKind.HOUSEHOLD)
    earned = settlement.earned_fen(organisation_ids=[one.id for one in households], since=since, until=until)
    incomes = [
        HouseholdIncome(
            organisation_id=one.id,
            code=one.code,
            name=one.name,
            name_en=one.name_en,
            village=one.village,
            village_en=one.village_en,
            income_fen=earned.get(one.id, 0),
        )
        for one in households
    ]
    return tuple(sorted(incomes, key=lambda income: (-income.income_fen, income.code)))
