"""How much of a household's payouts may be kept for what it owes, so that a late refund leaves it something (B8)."""

from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import percent
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import PromiseClause

USUAL_BP: Final = 3000
MOST_BP: Final = 3000  # nobody may agree to leave a household less


@dataclass(frozen=True)
class Recovery(PromiseClause):
    """At most `household_bp` of each payout to a household is kept for what it owes."""

    kind: ClassVar = "recovery"
    title: ClassVar = _("What is taken back")
    household_bp: int

    @classmethod
    def read(cls, fields: Fields) -> "Recovery":
        """From JSON."""
        return cls(household_bp=fields.rate("household_bp", most=MOST_BP))

    def says(self) -> str:
        """The most of a payout."""
        words = gettext("Of what a household owes, at most %(rate)s of each of its payouts is taken back.")
        return words % {"rate": percent(self.household_bp)}
