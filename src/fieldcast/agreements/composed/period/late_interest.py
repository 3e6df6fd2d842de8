"""Interest on money that came late: 500 ppm are the 0.05 % a day of 保障中小企业款项支付条例, art. 17 (B8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.period.handing import move
from fieldcast.agreements.composed.rounding import MILLION, half_up
from fieldcast.agreements.composed.shapes import Facts, Move, PeriodClause, Reckoned
from fieldcast.agreements.composed.words import of_role

MOST_PPM: Final = 10_000  # one percent a day


@dataclass(frozen=True)
class LateInterest(PeriodClause):
    """`ppm_per_day` of each sum for each day it was late, each sum half up by itself."""

    kind: ClassVar = "late_interest"
    title: ClassVar = _("Interest on late money")
    giver: str
    to: str
    ppm_per_day: int

    @classmethod
    def read(cls, fields: Fields) -> "LateInterest":
        """From JSON."""
        return cls(
            giver=fields.role("from"),
            to=fields.role("to"),
            ppm_per_day=fields.whole("ppm_per_day", most=MOST_PPM),
        )

    def moves(
        self, facts: Facts, _lines: Reckoned, _held: Mapping[str, int], number: int
    ) -> tuple[Move, ...]:
        """The sum of all that came late."""
        late = [[one.due_fen, one.days] for one in facts.late]
        amount_fen = sum(half_up(due * days * self.ppm_per_day, MILLION) for due, days in late)
        return move(
            amount_fen,
            giver=self.giver,
            taker=self.to,
            formula="late_interest",
            inputs={"late": late, "ppm_per_day": self.ppm_per_day},
            number=number,
        )

    def says(self) -> str:
        """The rate for a day."""
        words = gettext("On money that comes late %(giver)s pays %(to)s %(rate)s a day.")
        return words % {
            "giver": of_role(self.giver),
            "to": of_role(self.to),
            "rate": f"{self.ppm_per_day / 10_000:g}%",
        }
