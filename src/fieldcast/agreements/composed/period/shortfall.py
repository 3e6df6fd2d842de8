"""Order farming: a farmer who delivers less than was agreed pays for it, up to a cap and not for force majeure (B1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import money, percent
from fieldcast.agreements.composed.fields import MOST_COUNT, Fields
from fieldcast.agreements.composed.period.handing import move
from fieldcast.agreements.composed.shapes import FARMER, Facts, Move, PeriodClause, Reckoned
from fieldcast.agreements.composed.words import of_role
from fieldcast.kit.money import BASIS


@dataclass(frozen=True)
class Shortfall(PeriodClause):
    """`fen_per_unit` for each unit below `quantity` less a tolerance, at most `cap_fen`, from the farmer."""

    kind: ClassVar = "shortfall"
    title: ClassVar = _("Delivered too little")
    to: str
    quantity: int
    tolerance_bp: int
    fen_per_unit: int
    cap_fen: int

    @classmethod
    def read(cls, fields: Fields) -> "Shortfall":
        """From JSON."""
        return cls(
            to=fields.role("to"),
            quantity=fields.whole("quantity", least=1, most=MOST_COUNT),
            tolerance_bp=fields.rate("tolerance_bp"),
            fen_per_unit=fields.whole("fen_per_unit"),
            cap_fen=fields.whole("cap_fen"),
        )

    def moves(
        self, facts: Facts, _lines: Reckoned, _held: Mapping[str, int], number: int
    ) -> tuple[Move, ...]:
        """Nothing under force majeure that the county accepted."""
        least = self.quantity - self.quantity * self.tolerance_bp // BASIS
        missing = 0 if facts.force_majeure else max(0, least - facts.delivered)
        amount_fen = min(missing * self.fen_per_unit, self.cap_fen)
        inputs = {
            "quantity": self.quantity,
            "tolerance_bp": self.tolerance_bp,
            "delivered": facts.delivered,
            "fen_per_unit": self.fen_per_unit,
            "cap_fen": self.cap_fen,
            "force_majeure": facts.force_majeure,
        }
        return move(
            amount_fen,
            giver=FARMER,
            taker=self.to,
            formula="shortfall",
            inputs=inputs,
            number=number,
        )

    def says(self) -> str:
        """The quantity and what is missing."""
        words = gettext(
            "To be delivered: %(quantity)s, %(tolerance)s less at most; for each unit below that the farmer "
            "pays %(fen)s to %(role)s, %(cap)s at most, and nothing under force majeure that the county accepts."
        )
        return words % {
            "quantity": f"{self.quantity:,}",
            "tolerance": percent(self.tolerance_bp),
            "fen": money(self.fen_per_unit),
            "role": of_role(self.to),
            "cap": money(self.cap_fen),
        }
