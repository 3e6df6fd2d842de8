"""Paid out the day after receipt, less a reserve for refunds that may still come (B8)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import percent
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import PromiseClause


@dataclass(frozen=True)
class FastPayout(PromiseClause):
    """The reserve follows what was refunded of the seller's sales, between `least_bp` and `most_bp` of a line."""

    kind: ClassVar = "fast_payout"
    title: ClassVar = _("Fast payout")
    least_bp: int
    most_bp: int

    @classmethod
    def read(cls, fields: Fields) -> "FastPayout":
        """From JSON."""
        least_bp = fields.rate("least_bp")
        return cls(least_bp=least_bp, most_bp=fields.rate("most_bp", least=least_bp))

    def says(self) -> str:
        """When, and within which limits something is kept."""
        words = gettext(
            "Paid out the day after receipt; %(least)s to %(most)s is kept until the time for refunds is over."
        )
        return words % {"least": percent(self.least_bp), "most": percent(self.most_bp)}
