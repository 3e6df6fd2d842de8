"""A bonus on the sales of a period: each yuan at the rate of the tier that it falls into (B6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import money, percent
from fieldcast.agreements.composed.fields import MOST_FEN, Fields
from fieldcast.agreements.composed.period.handing import move
from fieldcast.agreements.composed.rounding import half_up
from fieldcast.agreements.composed.shapes import Facts, Move, PeriodClause, Reckoned
from fieldcast.agreements.composed.words import of_role
from fieldcast.kit.money import BASIS


@dataclass(frozen=True)
class Tier:
    """Sales up to `up_to_fen` (None: all above the tier before) at `rate_bp`."""

    up_to_fen: int | None
    rate_bp: int


@dataclass(frozen=True)
class TieredBonus(PeriodClause):
    """Tiers in rising order, the last without an end."""

    kind: ClassVar = "tiered_bonus"
    title: ClassVar = _("Bonus by tiers")
    giver: str
    to: str
    tiers: tuple[Tier, ...]

    @classmethod
    def read(cls, fields: Fields) -> "TieredBonus":
        """From JSON. Tiers with a hole, in another order, or with an end to the last are refused."""
        listed = fields.listed("tiers")
        tiers = tuple(_tier(fields, row, at) for at, row in enumerate(listed, start=1))
        ends = [one.up_to_fen for one in tiers]
        if ends[-1] is not None or None in ends[:-1]:
            fields.refuse("tiers", ends, gettext("only the last tier without an end (null), and that one so"))
        limits = [end for end in ends if end is not None]
        if sorted(set(limits)) != limits:
            fields.refuse("tiers", limits, gettext("ends that rise from tier to tier"))
        return cls(giver=fields.role("from"), to=fields.role("to"), tiers=tiers)

    def moves(
        self, _facts: Facts, lines: Reckoned, _held: Mapping[str, int], number: int
    ) -> tuple[Move, ...]:
        """One half up at the end, whatever the number of tiers."""
        exact = sum(sales * one.rate_bp for sales, one in self.reached(lines.net_fen))
        amount_fen = half_up(exact, BASIS)
        tiers = [[one.up_to_fen, one.rate_bp] for one in self.tiers]
        return move(
            amount_fen,
            giver=self.giver,
            taker=self.to,
            formula="tiered_bonus",
            inputs={"net_fen": lines.net_fen, "tiers": tiers},
            number=number,
        )

    def reached(self, net_fen: int) -> tuple[tuple[int, Tier], ...]:
        """How much of sales falls into each tier."""
        found, below = [], 0
        for one in self.tiers:
            end = net_fen if one.up_to_fen is None else min(net_fen, one.up_to_fen)
            found.append((max(0, end - below), one))
            below = max(below, end)
        return tuple(found)

    def says(self) -> str:
        """Each tier."""
        said = []
        for one in self.tiers:
            rate = percent(one.rate_bp)
            if one.up_to_fen is None:
                said.append(gettext("above that %(rate)s") % {"rate": rate})
            else:
                said.append(gettext("up to %(fen)s %(rate)s") % {"fen": money(one.up_to_fen), "rate": rate})
        words = gettext("%(to)s gets from %(giver)s of the period's sales: %(tiers)s.")
        return words % {
            "to": of_role(self.to),
            "giver": of_role(self.giver),
            "tiers": gettext(", ").join(said),
        }


def _tier(fields: Fields, row: Any, at: int) -> Tier:
    if not isinstance(row, Mapping):
        fields.refuse(f"tiers.{at}", row, "{up_to_fen, rate_bp}")
    inner = Fields(fields.number, fields.title, row, fields.roles)
    tier = Tier(up_to_fen=inner.end("up_to_fen", most=MOST_FEN), rate_bp=inner.rate())
    inner.done()
    return tier
