"""Who may see an item, answer it and hand it over. `item` is a view."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role
from fieldcast.desk.types import Owner, at_least


def _is_of(person: Any, owner: Owner | None) -> bool:
    """Has the person the owner's role?"""
    if owner is None or owner.organisation_id is None or owner.role is None:
        return False
    return has_role(person, owner.organisation_id, *at_least(owner.role))


@rules.predicate
def has_its_role(person: Any, item: Any) -> bool:
    """Someone with the role that it belongs to, whoever of them holds it."""
    return _is_of(person, item.owner)


@rules.predicate
def holds(person: Any, item: Any) -> bool:
    """The person who took it, or anyone with the role while nobody has. Who has left the organisation holds nothing."""
    if item.owner.person_id is None:
        return _is_of(person, item.owner)
    mine = person.pk is not None and person.pk == item.owner.person_id
    return mine and (item.owner.organisation_id is None or _is_of(person, item.owner))


@rules.predicate
def was_offered(person: Any, item: Any) -> bool:
    """The person it was handed to."""
    return person.pk is not None and person.pk == item.offered_to_id


@rules.predicate
def hears_that_it_is_late(person: Any, item: Any) -> bool:
    """Those to whom it was escalated."""
    return item.escalated_at is not None and _is_of(person, item.escalates_to)


rules.add_perm("desk.see_item", holds | has_its_role | was_offered | hears_that_it_is_late)
rules.add_perm("desk.answer_item", holds | hears_that_it_is_late)
rules.add_perm("desk.hand_over_item", holds | has_its_role)
