"""A penalty for a breach: taken from the bond once it is confirmed, to whom the clause names (S5)."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import money, percent
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import NOBODYS, PromiseClause
from fieldcast.agreements.composed.words import of_role


@dataclass(frozen=True)
class Penalty(PromiseClause):
    """At most `fen` from `giver` to `to` for a `breach`, said in the parties' own words.

    `gain_fen` is what the breach would bring, `detection_bp` how many are found: None where nobody has said it yet.
    """

    kind: ClassVar = "penalty"
    title: ClassVar = _("Penalty")
    giver: str
    to: str
    fen: int
    breach: str
    gain_fen: int | None = None
    detection_bp: int | None = None

    @classmethod
    def read(cls, fields: Fields) -> "Penalty":
        """From JSON. A party that would pay itself is refused."""
        giver, to = fields.role("from"), fields.role("to")
        for name, role in (("from", giver), ("to", to)):
            if role in NOBODYS:  # of several households nobody could say which
                fields.refuse(name, role, gettext("a role that a party of the agreement takes"))
        if giver == to:
            fields.refuse("to", to, gettext("somebody else than who pays"))
        return cls(
            giver=giver,
            to=to,
            fen=fields.whole("fen", least=1),
            breach=fields.words("breach"),
            gain_fen=fields.whole("gain_fen", least=1) if fields.has("gain_fen") else None,
            detection_bp=fields.rate("detection_bp") if fields.has("detection_bp") else None,
        )

    def says(self) -> str:
        """The breach, what it costs, and what the parties expect of it."""
        words = gettext("“%(breach)s”: %(giver)s pays %(to)s up to %(fen)s, once it is confirmed.")
        said = words % {
            "breach": self.breach,
            "giver": of_role(self.giver),
            "to": of_role(self.to),
            "fen": money(self.fen),
        }
        for then in self._expected():
            said = gettext("%(said)s %(then)s") % {"said": said, "then": then}
        return said

    def _expected(self) -> list[str]:
        found = []
        if self.gain_fen is not None:
            found.append(gettext("It would bring %(fen)s.") % {"fen": money(self.gain_fen)})
        if self.detection_bp is not None:
            found.append(gettext("Found: %(rate)s.") % {"rate": percent(self.detection_bp)})
        return found
