"""A dividend: a part by performance, the rest by shares of land, capital, labour and technology (B2, B6).

A cooperative's surplus goes to its members at least 60 % by what they delivered (农民专业合作社法, art. 44).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import percent
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.period.handing import hand_out
from fieldcast.agreements.composed.rounding import part_of
from fieldcast.agreements.composed.shapes import POOL, Facts, Move, PeriodClause, Reckoned
from fieldcast.agreements.composed.words import of_role
from fieldcast.kit.money import BASIS

MEMBERS_LEAST_BP: Final = 6000


@dataclass(frozen=True)
class Dividend(PeriodClause):
    """Of a `pool`, or of `payout_bp` of what the lines left the `giver`, if that is above zero.

    A part for which nobody has performance, or shares, stays where it is and is carried over.
    """

    kind: ClassVar = "dividend"
    title: ClassVar = _("Dividend")
    pool: str
    giver: str
    payout_bp: int
    performance_bp: int

    @classmethod
    def read(cls, fields: Fields) -> "Dividend":
        """From JSON: of a pool or of a surplus, never both."""
        if fields.has("pool") == fields.has("from"):
            fields.refuse("pool, from", "", gettext("either a pool or whose surplus, and one of them"))
        if fields.has("pool"):
            return cls(fields.pool("pool"), "", 0, fields.rate("performance_bp"))
        return cls(
            pool="",
            giver=fields.role("from"),
            payout_bp=fields.rate("payout_bp"),
            performance_bp=fields.rate("performance_bp", least=MEMBERS_LEAST_BP),
        )

    @property
    def pools(self) -> tuple[str, ...]:
        """The one, if it is of a pool."""
        return (self.pool,) if self.pool else ()

    def moves(self, facts: Facts, lines: Reckoned, held: Mapping[str, int], number: int) -> tuple[Move, ...]:
        """By performance first, then by shares."""
        if self.pool:
            giver, whole_fen = POOL + self.pool, held[self.pool]
        else:
            giver, whole_fen = self.giver, part_of(max(0, lines.by_role.get(self.giver, 0)), self.payout_bp)
        performance_fen = part_of(whole_fen, self.performance_bp)
        by_performance = hand_out(
            performance_fen, facts.performance, giver=giver, formula="by_performance", number=number
        )
        by_shares = hand_out(
            whole_fen - performance_fen, facts.shares, giver=giver, formula="by_shares", number=number
        )
        return by_performance + by_shares

    def says(self) -> str:
        """What is shared and how."""
        of = (
            of_role(POOL + self.pool)
            if self.pool
            else gettext("%(rate)s of what the sales left %(role)s")
            % {"rate": percent(self.payout_bp), "role": of_role(self.giver)}
        )
        words = gettext("Dividend of %(of)s: %(performance)s by what was delivered, %(shares)s by shares.")
        return words % {
            "of": of,
            "performance": percent(self.performance_bp),
            "shares": percent(BASIS - self.performance_bp),
        }
