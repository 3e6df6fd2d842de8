"""Who may see a file: whoever handed it in, and the people of the organisation it was handed in for."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role


@rules.predicate
def handed_in(person: Any, file: Any) -> bool:
    """The person themselves; `file` is a view."""
    return person.pk is not None and person.pk == file.handed_in_by_id


@rules.predicate
def works_there(person: Any, file: Any) -> bool:
    """Anyone of the organisation it was handed in for."""
    return file.organisation_id is not None and has_role(person, file.organisation_id)


@rules.predicate
def works_for(person: Any, organisation_id: int) -> bool:
    """Anyone of the organisation."""
    return has_role(person, organisation_id)


rules.add_perm("files.see_file", handed_in | works_there)
rules.add_perm("files.hand_in", works_for)
