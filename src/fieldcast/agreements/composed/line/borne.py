"""What a party bears of what an earlier clause pays: the farmer's share of the cold chain, capped at 5–8 % of sales."""

from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import percent
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.rounding import part_of
from fieldcast.agreements.composed.shapes import FARMER, Before, Line, LineClause, Part
from fieldcast.agreements.composed.words import of_role

CAP_LEAST_BP: Final = 500
CAP_MOST_BP: Final = 800


@dataclass(frozen=True)
class Borne(LineClause):
    """`rate_bp` of sales from `giver`, at most what clause `of` pays, and of a farmer at most what is guaranteed."""

    kind: ClassVar = "borne"
    title: ClassVar = _("Borne of an earlier clause")
    giver: str
    of: int
    rate_bp: int
    cap_bp: int

    @classmethod
    def read(cls, fields: Fields) -> "Borne":
        """From JSON."""
        cap_bp = fields.rate("cap_bp", least=CAP_LEAST_BP, most=CAP_MOST_BP)
        return cls(
            giver=fields.role("from"),
            of=fields.whole("of", least=1, most=fields.number - 1),
            rate_bp=fields.rate(most=cap_bp),
            cap_bp=cap_bp,
        )

    def parts(self, line: Line, before: Before) -> tuple[Part, ...]:
        """Below zero: it is taken from whoever bears it, and left to those who come after."""
        inputs = {"net_fen": line.net_fen, "rate_bp": self.rate_bp, "of_fen": before.of(self.of)}
        limits = [part_of(line.net_fen, self.rate_bp), inputs["of_fen"]]
        if self.giver == FARMER and before.guarantee_fen is not None:
            inputs["guarantee_fen"] = before.guarantee_fen
            limits.append(before.guarantee_fen)
        return (Part(role=self.giver, amount_fen=-max(0, min(limits)), formula="borne", inputs=inputs),)

    def says(self) -> str:
        """The part, its cap and what it is of."""
        words = gettext("Of clause %(of)s, %(role)s bears %(rate)s of sales, never more than %(cap)s.")
        return words % {
            "of": self.of,
            "role": of_role(self.giver),
            "rate": percent(self.rate_bp),
            "cap": percent(self.cap_bp),
        }
