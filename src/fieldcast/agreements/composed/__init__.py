"""Agreements that parties compose themselves, clause by clause: everyone's share of each line, and of each period.

The waterfall is the order in which the clauses are written; each sees what those before it left. Line clauses share out
a finished order line, to the fen. Period clauses then move money between parties for everything of a period: base pay,
a bonus by tiers, a dividend, what was not sold. Pure: no database, clock or chance.

`reading` turns the JSON of terms into clauses, or refuses it in words that name the clause; `working` applies them.
Each clause is a module in `line` or `period`, with its amount in fen and its words; `formulas` works every amount out a
second time, from its inputs alone and written apart, so that what differs is seen before it is paid.
"""

from fieldcast.agreements.composed.reading import read_terms
from fieldcast.agreements.composed.shapes import Composed, Facts, Late, Line, Move, Reckoned, Share
from fieldcast.agreements.composed.working import Worked, period_moves, work_out

__all__ = [
    "Composed",
    "Facts",
    "Late",
    "Line",
    "Move",
    "Reckoned",
    "Share",
    "Worked",
    "period_moves",
    "read_terms",
    "work_out",
]
