"""Who may run a session: an owner or manager of its organiser, its host or its cooperative."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role
from fieldcast.accounts.types import Role


@rules.predicate
def runs(person: Any, session: Any) -> bool:
    """An owner or manager of one of the session's organisations; `session` is a view, a brief or a row."""
    parties = {session.organiser_id, session.cooperative_id, session.host_id}
    return any(
        has_role(person, organisation_id, Role.OWNER, Role.MANAGER) for organisation_id in sorted(parties)
    )


@rules.predicate
def plans_for(person: Any, organisation: Any) -> bool:
    """An owner or manager of the organisation that plans."""
    return has_role(person, organisation.id, Role.OWNER, Role.MANAGER)


rules.add_perm("live.run_session", runs)
rules.add_perm("live.plan_session", plans_for)
