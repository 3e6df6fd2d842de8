"""Who may read a message: the person it is to, and nobody else."""

from typing import Any

import rules


@rules.predicate
def is_addressed(person: Any, message: Any) -> bool:
    """The person themselves; `message` is a view."""
    return person.pk is not None and person.pk == message.to_id


rules.add_perm("inbox.read_message", is_addressed)
