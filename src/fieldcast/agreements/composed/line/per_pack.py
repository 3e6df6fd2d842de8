"""So much for each pack: delivery, sorting and packing, a host's fixed pay (B4, B6)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import money
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.rounding import half_up
from fieldcast.agreements.composed.shapes import Before, Line, LineClause, Part
from fieldcast.agreements.composed.words import of_role


@dataclass(frozen=True)
class PerPack(LineClause):
    """`fen` for each pack that was sent; with `kept_only` less in the proportion in which the money went back."""

    kind: ClassVar = "per_pack"
    title: ClassVar = _("For each pack")
    to: str
    fen: int
    kept_only: bool

    @classmethod
    def read(cls, fields: Fields) -> "PerPack":
        """From JSON."""
        return cls(
            to=fields.role("to", pools=True), fen=fields.whole("fen"), kept_only=fields.flag("kept_only")
        )

    def parts(self, line: Line, _before: Before) -> tuple[Part, ...]:
        """Owed for what was done, or half up on what stayed paid."""
        inputs = {"packs": line.packs, "fen": self.fen}
        if not self.kept_only:
            amount_fen, formula = self.fen * line.packs, "per_pack"
        else:
            amount_fen = half_up(self.fen * line.packs * line.net_fen, line.paid_fen)
            inputs |= {"net_fen": line.net_fen, "paid_fen": line.paid_fen}
            formula = "per_pack_kept"
        return (Part(role=self.to, amount_fen=amount_fen, formula=formula, inputs=inputs),)

    def says(self) -> str:
        """The sum, and whether it shrinks with a refund."""
        said = {"fen": money(self.fen), "role": of_role(self.to)}
        if self.kept_only:
            return gettext("%(fen)s for each pack that stays paid: %(role)s.") % said
        return gettext("%(fen)s for each pack that is sent, also when the money goes back: %(role)s.") % said
