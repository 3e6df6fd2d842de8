"""Who may read a statement, name an account for payouts, and send them."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role, works_for_authority
from fieldcast.accounts.types import Role


@rules.predicate
def is_its_party(person: Any, statement: Any) -> bool:
    """Anyone with a role in the organisation it was issued to."""
    return statement.organisation_id is not None and has_role(person, statement.organisation_id)


@rules.predicate
def supervises(person: Any, statement: Any) -> bool:
    """Someone of the county's authority."""
    return works_for_authority(person, statement.county_id)


@rules.predicate
def is_the_member(person: Any, member: Any) -> bool:
    """Anyone of the household whose account it is."""
    return has_role(person, member.household_id)


@rules.predicate
def keeps_the_account(person: Any, member: Any) -> bool:
    """Anyone of the cooperative that keeps it."""
    return has_role(person, member.cooperative_id)


@rules.predicate
def answers_for(person: Any, organisation: Any) -> bool:
    """Its owner or a manager; of a county's organisations also an owner or manager of the authority."""
    return has_role(person, organisation.id, Role.OWNER, Role.MANAGER) or works_for_authority(
        person, organisation.county_id, Role.OWNER, Role.MANAGER
    )


@rules.predicate
def keeps_the_money(person: Any, county: Any) -> bool:
    """An owner or manager of the county's authority."""
    return works_for_authority(person, county.id, Role.OWNER, Role.MANAGER)


rules.add_perm("settlement.view_statement", is_its_party | supervises)
rules.add_perm("settlement.name_account", answers_for)
rules.add_perm("settlement.send_payouts", keeps_the_money)
rules.add_perm("settlement.view_member", is_the_member | keeps_the_account)
