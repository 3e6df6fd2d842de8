"""Corrected: what a record should have said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self

from django.utils.translation import gettext_lazy as _

from fieldcast.trace.facts.base import Fact, Text, When
from fieldcast.trace.problems import BadFact, MissingFact
from fieldcast.trace.types import EventKind


@dataclass(frozen=True, kw_only=True)
class Corrected(Fact):
    """New values for fields of the record it names, under their own names. What it does not name stays.

    In EPCIS a correction is an error declaration and has no step of its own.
    """

    kind: ClassVar = EventKind.CORRECTED
    biz_step: ClassVar = ""
    when: ClassVar = When.ANY
    changes: Mapping[str, int | str]
    note: Annotated[str, Text(label=_("Note"), most=200)] = ""

    def check(self) -> None:
        """Something is corrected, and in plain values."""
        if not self.changes:
            raise MissingFact(field="changes", name=_("what is corrected"))
        for name, value in self.changes.items():
            if isinstance(value, bool) or not isinstance(value, int | str):
                raise BadFact(field=name, name=name, must=_("a whole number or text"))

    @property
    def disposition(self) -> str:
        """None: see the record it corrects."""
        return ""

    def to_json(self) -> dict[str, int | str]:
        """The new values beside the note."""
        return {**self.changes, **super().to_json()}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Every name but `note` is one of the corrected record's."""
        changes = {name: value for name, value in data.items() if name != "note"}
        return cls(changes=changes, note=data.get("note", ""))
