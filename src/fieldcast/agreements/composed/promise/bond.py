"""A performance bond: a sum of a party that stands behind its promises and that nobody spends (S5)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import money, percent
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import NOBODYS, PromiseClause
from fieldcast.agreements.composed.words import of_role


@dataclass(frozen=True)
class Bond(PromiseClause):
    """`fen` of `giver`, filled by transfer, by a bank's letter, or with `payout_bp` of each of its payouts."""

    kind: ClassVar = "bond"
    title: ClassVar = _("Performance bond")
    giver: str
    fen: int
    payout_bp: int

    @classmethod
    def read(cls, fields: Fields) -> "Bond":
        """From JSON."""
        giver = fields.role("from")
        if giver in NOBODYS:
            fields.refuse("from", giver, gettext("a role that a party of the agreement takes"))
        return cls(giver=giver, fen=fields.whole("fen", least=1), payout_bp=fields.rate("payout_bp"))

    def says(self) -> str:
        """The sum and how it is filled."""
        words = gettext(
            "%(role)s leaves a bond of %(fen)s, filled with %(rate)s of each payout until it is whole."
        )
        return words % {"role": of_role(self.giver), "fen": money(self.fen), "rate": percent(self.payout_bp)}
