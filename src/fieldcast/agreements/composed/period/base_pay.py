"""Base pay of a host for the sessions that were agreed, less in proportion where fewer were held (B6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.words import money
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.period.handing import move
from fieldcast.agreements.composed.rounding import half_up
from fieldcast.agreements.composed.shapes import Facts, Move, PeriodClause, Reckoned
from fieldcast.agreements.composed.words import of_role

MOST_SESSIONS = 1000


@dataclass(frozen=True)
class BasePay(PeriodClause):
    """`fen` for `agreed_sessions` of a period; more sessions than agreed bring no more."""

    kind: ClassVar = "base_pay"
    title: ClassVar = _("Base pay")
    giver: str
    to: str
    fen: int
    agreed_sessions: int

    @classmethod
    def read(cls, fields: Fields) -> "BasePay":
        """From JSON."""
        return cls(
            giver=fields.role("from"),
            to=fields.role("to"),
            fen=fields.whole("fen"),
            agreed_sessions=fields.whole("agreed_sessions", least=1, most=MOST_SESSIONS),
        )

    def moves(
        self, facts: Facts, _lines: Reckoned, _held: Mapping[str, int], number: int
    ) -> tuple[Move, ...]:
        """Half up, for the sessions that were held."""
        held = min(facts.sessions_held, self.agreed_sessions)
        amount_fen = half_up(self.fen * held, self.agreed_sessions)
        inputs = {"fen": self.fen, "held": facts.sessions_held, "agreed": self.agreed_sessions}
        return move(
            amount_fen,
            giver=self.giver,
            taker=self.to,
            formula="base_pay",
            inputs=inputs,
            number=number,
        )

    def says(self) -> str:
        """The sum and what for."""
        words = gettext(
            "%(to)s gets %(fen)s from %(giver)s; sessions agreed: %(sessions)s, in proportion less for fewer."
        )
        return words % {
            "to": of_role(self.to),
            "fen": money(self.fen),
            "giver": of_role(self.giver),
            "sessions": self.agreed_sessions,
        }
