"""Who may read and change an agreement, keep what stands behind it, confirm a penalty, and promise to cover."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role, works_for_authority
from fieldcast.accounts.types import Role


@rules.predicate
def is_party(person: Any, version: Any) -> bool:
    """A member of one of the parties."""
    return any(has_role(person, party) for party in version.parties.values())


@rules.predicate
def manages_cooperative(person: Any, version: Any) -> bool:
    """An owner or manager of the cooperative."""
    return has_role(person, version.cooperative_id, Role.OWNER, Role.MANAGER)


@rules.predicate
def supervises(person: Any, version: Any) -> bool:
    """Someone of the county's authority."""
    return works_for_authority(person, version.county_id)


@rules.predicate
def keeps_the_county(person: Any, county: Any) -> bool:
    """An owner or manager of the county's authority: money is theirs to write down."""
    return works_for_authority(person, county.id, Role.OWNER, Role.MANAGER)


@rules.predicate
def binds_cooperative(person: Any, cooperative_id: Any) -> bool:
    """An owner or manager of the cooperative: promises in its name are theirs to make, not its host's."""
    return has_role(person, cooperative_id, Role.OWNER, Role.MANAGER)


rules.add_perm("agreements.view", is_party | supervises)
rules.add_perm("agreements.revise", manages_cooperative)
rules.add_perm("agreements.keep_cover", keeps_the_county)
rules.add_perm("agreements.confirm_penalty", keeps_the_county)
rules.add_perm("agreements.cover_shortfall", binds_cooperative)
rules.add_perm("agreements.speak_for_members", binds_cooperative)
