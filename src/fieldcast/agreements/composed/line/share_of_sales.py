"""A part of sales: commission, host pay, a licence fee for the brand; or what fills a pool (B3, B5, B6)."""

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
class ShareOfSales(LineClause):
    """`rate_bp` of sales after refunds to a role or a pool; nothing to the platform in a public-benefit session."""

    kind: ClassVar = "share_of_sales"
    title: ClassVar = _("Part of sales")
    to: str
    rate_bp: int

    @classmethod
    def read(cls, fields: Fields) -> "ShareOfSales":
        """From JSON."""
        return cls(to=fields.role("to", pools=True), rate_bp=fields.rate())

    def parts(self, line: Line, before: Before) -> tuple[Part, ...]:
        """Half up, of what was paid less what was refunded."""
        if self.to == "platform" and before.public_benefit:
            return (Part(role=self.to, amount_fen=0, formula="waived", inputs={}),)
        inputs = {"net_fen": line.net_fen, "rate_bp": self.rate_bp}
        amount_fen = part_of(line.net_fen, self.rate_bp)
        return (Part(role=self.to, amount_fen=amount_fen, formula="share_of_sales", inputs=inputs),)

    def says(self) -> str:
        """The part and who gets it."""
        words = gettext("%(rate)s of sales after refunds: %(role)s.")
        return words % {"rate": percent(self.rate_bp), "role": of_role(self.to)}
