"""A pool shared by recorded acts of service: technical guidance, teaching, repairs (B3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.period.handing import hand_out
from fieldcast.agreements.composed.shapes import POOL, Facts, Move, PeriodClause, Reckoned
from fieldcast.agreements.composed.words import of_role


@dataclass(frozen=True)
class Points(PeriodClause):
    """All of a pool by points; where nobody has one, to `unclaimed`."""

    kind: ClassVar = "points"
    title: ClassVar = _("Service points")
    pool: str
    unclaimed: str

    @classmethod
    def read(cls, fields: Fields) -> "Points":
        """From JSON."""
        return cls(pool=fields.pool("pool"), unclaimed=fields.role("unclaimed"))

    @property
    def pools(self) -> tuple[str, ...]:
        """The one."""
        return (self.pool,)

    def moves(self, facts: Facts, _lines: Reckoned, held: Mapping[str, int], number: int) -> tuple[Move, ...]:
        """By largest remainder."""
        points = facts.points if any(facts.points.values()) else {self.unclaimed: 1}
        return hand_out(held[self.pool], points, giver=POOL + self.pool, formula="by_points", number=number)

    def says(self) -> str:
        """What counts, and where it goes otherwise."""
        words = gettext("%(pool)s is shared by confirmed service points; without any it goes to %(role)s.")
        return words % {"pool": of_role(POOL + self.pool), "role": of_role(self.unclaimed)}
