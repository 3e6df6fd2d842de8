"""Who may do what with accounts' own things."""

import rules

from fieldcast.accounts.access import has_role, works_for_authority
from fieldcast.accounts.types import Actor, CountyRef, OrganisationRef, Role


@rules.predicate
def manages(person: Actor, organisation: OrganisationRef) -> bool:
    """An owner or manager of the organisation."""
    return has_role(person, organisation.id, Role.OWNER, Role.MANAGER)


@rules.predicate
def belongs(person: Actor, organisation: OrganisationRef) -> bool:
    """Anyone with a role in the organisation."""
    return has_role(person, organisation.id)


@rules.predicate
def supervises(person: Actor, organisation: OrganisationRef) -> bool:
    """Someone of the county's authority."""
    return works_for_authority(person, organisation.county_id)


@rules.predicate
def supervises_county(person: Actor, county: CountyRef) -> bool:
    """Someone of the county's authority."""
    return works_for_authority(person, county.id)


@rules.predicate
def administers(person: Actor, county: CountyRef) -> bool:
    """Someone who keeps the installation, in their own county."""
    return bool(person.is_staff) and getattr(person, "county_id", None) == county.id


rules.add_perm("accounts.work_in_organisation", belongs)
rules.add_perm("accounts.manage_organisation", manages)
rules.add_perm("accounts.see_organisation_statements", belongs | supervises)
rules.add_perm("accounts.see_county", supervises_county)
rules.add_perm("accounts.administer_county", administers)
