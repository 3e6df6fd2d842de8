"""Who may see a verification."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role, works_for_authority


@rules.predicate
def takes_part(person: Any, session: Any) -> bool:
    """Anyone of the session's host or cooperative."""
    return has_role(person, session.host_id) or has_role(person, session.cooperative_id)


@rules.predicate
def supervises(person: Any, session: Any) -> bool:
    """Someone of the county's authority."""
    return works_for_authority(person, session.county_id)


rules.add_perm("supervision.view_verification", takes_part | supervises)
