"""Who may see and answer a request, and who may see and answer an invitation. Both are views."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role, works_for_authority
from fieldcast.desk.types import at_least
from fieldcast.joining.requests.types import ANSWERS


@rules.predicate
def asked_it(person: Any, request: Any) -> bool:
    """Whoever asks."""
    return person.pk is not None and person.pk == request.person_id


@rules.predicate
def is_asked(person: Any, request: Any) -> bool:
    """Those who answer in the organisation it goes to."""
    return has_role(person, request.goes_to_id, *at_least(ANSWERS[request.goes_to_kind]))


@rules.predicate
def supervises(person: Any, request: Any) -> bool:
    """The county's authority."""
    return works_for_authority(person, request.county_id)


@rules.predicate
def invites_there(person: Any, invitation: Any) -> bool:
    """Whoever invited, and those who could."""
    from fieldcast.joining.invitations.places import may_invite_to  # noqa: PLC0415 — it asks these rules' room

    return person.pk is not None and may_invite_to(
        person_id=person.pk, organisation_id=invitation.organisation_id
    )


# Nobody answers what they asked themselves.
rules.add_perm("joining.see_request", asked_it | is_asked | supervises)
rules.add_perm("joining.change_own_request", asked_it)
rules.add_perm("joining.answer_request", is_asked & ~asked_it)
rules.add_perm("joining.answer_late_request", supervises & ~asked_it)
rules.add_perm("joining.withdraw_invitation", invites_there)
