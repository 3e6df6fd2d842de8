"""Permission at the door: every loader asks here, and a stranger cannot tell "not yours" from "not there"."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries
from fieldcast.accounts.kept import forget
from fieldcast.accounts.types import Actor, OrganisationKind, Role
from fieldcast.kit.errors import NotFound, Problem


class Forbidden(Problem):
    """A place for people with another role; that it exists is no secret."""

    code = "forbidden"
    status = 403
    sentence = _("This page is for %(who)s.")
    next_step = _("Sign in as someone who works there, or ask its owner to add you.")


def allowed(by: Actor, perm: str, obj: Any = None) -> bool:
    """May `by` do `perm` with `obj`?"""
    return bool(by.has_perm(perm, obj))


def require(by: Actor, perm: str, obj: Any = None) -> None:
    """Raise `NotFound` unless `by` may do `perm` with `obj`."""
    if not allowed(by, perm, obj):
        raise NotFound(perm)


def require_now(by: Actor, perm: str, obj: Any = None) -> None:
    """As `require`, read anew: for a check behind a lock, since a membership may have ended while it was waited for."""
    forget()
    require(by, perm, obj)


def roles_in(person_id: int | None, organisation_id: int) -> frozenset[Role]:
    """The person's roles in an organisation; empty for strangers and for nobody."""
    if person_id is None:
        return frozenset()
    held = queries.memberships_of(person_id=person_id)
    return frozenset(one.role for one in held if one.organisation.id == organisation_id)


def has_role(by: Actor, organisation_id: int, *roles: Role) -> bool:
    """Has `by` one of `roles` (any role when none is named) in the organisation?"""
    held = roles_in(by.pk, organisation_id)
    return bool(held & set(roles)) if roles else bool(held)


def works_for_authority(by: Actor, county_id: int, *roles: Role) -> bool:
    """Is `by` a member of the county authority, in one of `roles` (any role when none is named)?"""
    if by.pk is None:
        return False
    return any(
        one.organisation.county_id == county_id
        and one.organisation.kind == OrganisationKind.AUTHORITY
        and (not roles or one.role in roles)
        for one in queries.memberships_of(person_id=by.pk)
    )
