"""A penalty for a breach: taken from the bond once it is confirmed, to whom the clause names (S5)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import money
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import NOBODYS, PromiseClause
from fieldcast.agreements.composed.words import of_role


@dataclass(frozen=True)
class Penalty(PromiseClause):
    """At most `fen` from `giver` to `to` for a `breach`, said in the parties' own words."""

    kind: ClassVar = "penalty"
    title: ClassVar = _("Penalty")
    giver: str
    to: str
    fen: int
    breach: str

    @classmethod
    def read(cls, fields: Fields) -> "Penalty":
        """From JSON. A party that would pay itself is refused."""
        giver, to = fields.role("from"), fields.role("to")
        for name, role in (("from", giver), ("to", to)):
            if role in NOBODYS:  # of several households nobody could say which
                fields.refuse(name, role, gettext("a role that a party of the agreement takes"))
        if giver == to:
            fields.refuse("to", to, gettext("somebody else than who pays"))
        return cls(giver=giver, to=to, fen=fields.whole("fen", least=1), breach=fields.words("breach"))

    def says(self) -> str:
        """The breach and what it costs."""
        words = gettext("“%(breach)s”: %(giver)s pays %(to)s up to %(fen)s, once it is confirmed.")
        return words % {
            "breach": self.breach,
            "giver": of_role(self.giver),
            "to": of_role(self.to),
            "fen": money(self.fen),
        }
