"""A second rebate: a part of what is left where something is (B4)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import percent
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.rounding import part_of
from fieldcast.agreements.composed.shapes import Before, Line, LineClause, Part
from fieldcast.agreements.composed.words import of_role


@dataclass(frozen=True)
class Rebate(LineClause):
    """`rate_bp` of what the clauses before left; nothing where nothing is left."""

    kind: ClassVar = "rebate"
    title: ClassVar = _("Second rebate")
    to: str
    rate_bp: int

    @classmethod
    def read(cls, fields: Fields) -> "Rebate":
        """From JSON."""
        return cls(to=fields.role("to"), rate_bp=fields.rate())

    def parts(self, _line: Line, before: Before) -> tuple[Part, ...]:
        """Half up."""
        inputs = {"left_fen": before.left_fen, "rate_bp": self.rate_bp}
        amount_fen = part_of(max(0, before.left_fen), self.rate_bp)
        formula = "rebate" if before.left_fen > 0 else "nothing_left"
        return (Part(role=self.to, amount_fen=amount_fen, formula=formula, inputs=inputs),)

    def says(self) -> str:
        """The part and who gets it."""
        words = gettext("%(rate)s of what is left until here, where something is: %(role)s.")
        return words % {"rate": percent(self.rate_bp), "role": of_role(self.to)}
