"""Who gets what is left, and covers what is missing: exactly one clause, the last of a line."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import Before, Line, LineClause, Part
from fieldcast.agreements.composed.words import of_role


@dataclass(frozen=True)
class Rest(LineClause):
    """All that the clauses before left; below zero, what this party puts in."""

    kind: ClassVar = "rest"
    title: ClassVar = _("What is left")
    to: str

    @classmethod
    def read(cls, fields: Fields) -> "Rest":
        """From JSON."""
        return cls(to=fields.role("to"))

    def parts(self, _line: Line, before: Before) -> tuple[Part, ...]:
        """Also the fen that rounding leaves or lacks."""
        inputs = {"left_fen": before.left_fen}
        return (Part(role=self.to, amount_fen=before.left_fen, formula="rest", inputs=inputs),)

    def says(self) -> str:
        """Both ways it can come out."""
        words = gettext(
            "What is left after all of this stays with %(role)s, who also covers what is missing."
        )
        return words % {"role": of_role(self.to)}
