"""Facts of a lot, one dataclass a kind: what a record of that kind says, in which units, and what it cannot say.

To add a kind: an `EventKind`, a module here, a line in `KINDS`, its words in `web/shared/facts.py`, a row in
`docs/reference/facts.md`. What is written stays readable for ever, so a field that is renamed keeps its old name in
`old_names`, and one that is dropped is still shown, by name.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from fieldcast.kit.errors import Problem
from fieldcast.kit.said import alike
from fieldcast.trace.facts.base import Fact, Unfit, fields
from fieldcast.trace.facts.corrected import Corrected
from fieldcast.trace.facts.graded import Graded
from fieldcast.trace.facts.harvested import Harvested
from fieldcast.trace.facts.inspected import Inspected
from fieldcast.trace.facts.lost import WrittenOff
from fieldcast.trace.facts.moved import Packed, Received, Shipped
from fieldcast.trace.facts.offered import Offered
from fieldcast.trace.facts.planted import Planted
from fieldcast.trace.facts.split import Split
from fieldcast.trace.facts.stopped import Resumed, Stopped
from fieldcast.trace.facts.stored import Stored
from fieldcast.trace.facts.treated import Treated
from fieldcast.trace.types import EventKind

KINDS: Final[Mapping[EventKind, type[Fact]]] = {
    one.kind: one
    for one in (
        Planted,
        Treated,
        Harvested,
        Split,
        Graded,
        Inspected,
        Stored,
        Offered,
        Packed,
        Shipped,
        Received,
        WrittenOff,
        Stopped,
        Resumed,
        Corrected,
    )
}


@dataclass(frozen=True)
class Reading:
    """A record's facts as they can be read today. `fact` is None when they are not what its kind says.

    `rest` is what `fact` does not hold, by name: everything when there is none.
    """

    fact: Fact | None
    rest: Mapping[str, Any]


def from_json(*, kind: EventKind, facts: Mapping[str, Any]) -> Fact:
    """What a program sent, as a fact of `kind`. Raises a `Problem` that names the field."""
    return KINDS[kind].from_json(facts)


def read(*, kind: EventKind, facts: Mapping[str, Any]) -> Reading:
    """What was written at any time, under its present names. Never raises: old records were not checked."""
    cls = KINDS[kind]
    named = {_new_name(cls, name, facts): value for name, value in facts.items()}
    named = {name: _new_value(cls, name, value) for name, value in named.items()}
    if cls is Corrected:
        known = named
    else:
        keys = {field.key or name for name, field in fields(cls).items()}
        known = {name: value for name, value in named.items() if name in keys}
    try:
        fact = cls.from_json(known)
    except Problem:
        return Reading(fact=None, rest=named)
    return Reading(fact=fact, rest={name: value for name, value in named.items() if name not in known})


def tidy_changes(*, kind: EventKind, changes: Mapping[str, Any]) -> dict[str, Any]:
    """New values for fields of `kind` in the form in which they are kept; one that no field can hold as it is."""
    known = {field.key or name: field for name, field in fields(KINDS[kind]).items()}
    tidied = dict(changes)
    for name in known.keys() & changes.keys():
        with suppress(Unfit):
            value = known[name].read(changes[name])
            known[name].check(value)
            tidied[name] = known[name].plain(known[name].tidy(value))
    return tidied


def likeness(
    *, kind: EventKind, facts: Mapping[str, Any], of: EventKind | None = None
) -> Mapping[str, int | str]:
    """What two records of a kind have in common that say the same, however each was written, today or years ago.

    `of` is the kind of the record that a correction corrects.
    """
    reading = read(kind=kind, facts=facts)
    values = {**(reading.fact.to_json() if reading.fact else {}), **reading.rest}
    values = {name: value for name, value in values.items() if name not in KINDS[kind].filled_in}
    if of is not None:
        values = tidy_changes(kind=of, changes=values)
    return {name: value if isinstance(value, int) else alike(str(value)) for name, value in values.items()}


def _new_name(cls: type[Fact], name: str, facts: Mapping[str, Any]) -> str:
    """The name a field has today, unless the record has a field of that name besides."""
    new = cls.old_names.get(name, name)
    return name if new in facts else new


def _new_value(cls: type[Fact], name: str, value: Any) -> Any:
    return cls.old_values.get(name, {}).get(str(value).lower(), value) if isinstance(value, str) else value
