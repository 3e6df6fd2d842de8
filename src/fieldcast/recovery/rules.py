"""Who may help somebody who forgot their password: whoever works at a service centre."""

import rules

from fieldcast.accounts.access import has_role
from fieldcast.accounts.types import Actor, OrganisationKind, OrganisationRef


@rules.predicate
def works_at_centre(person: Actor, centre: OrganisationRef) -> bool:
    """Someone with a role in it; no other kind of organisation is a centre."""
    return centre.kind == OrganisationKind.SERVICE_CENTRE and has_role(person, centre.id)


rules.add_perm("recovery.help_people", works_at_centre)
