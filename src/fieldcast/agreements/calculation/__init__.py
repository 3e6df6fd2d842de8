"""From an order line and the terms it was sold under to everyone's share of it. Pure: no database, clock or chance.

What always holds: the shares of a line sum to what was paid less what was refunded, to the fen; every share can be
worked out again from its formula and inputs alone; a farmer's shares of a line never sum to less than zero.

What is agreed stands in `agreements.clauses`, a folder each, and in `agreements.waterfalls`, a module a model.
"""

from fieldcast.agreements.calculation.deductions import PackSum, left_of, pack_sum
from fieldcast.agreements.calculation.explaining import (
    combine,
    explain,
    rates_of,
    recompute,
    repeated,
    unexplained_fen,
)
from fieldcast.agreements.calculation.known import cost_title, input_title, kind_title, role_title
from fieldcast.agreements.calculation.picture import Slice, where_it_goes
from fieldcast.agreements.calculation.sharing import shares_of
from fieldcast.agreements.clauses.shapes import LineFacts, Parties, Share, UnknownFormula

__all__ = [
    "LineFacts",
    "PackSum",
    "Parties",
    "Share",
    "Slice",
    "UnknownFormula",
    "combine",
    "cost_title",
    "explain",
    "input_title",
    "kind_title",
    "left_of",
    "pack_sum",
    "rates_of",
    "recompute",
    "repeated",
    "role_title",
    "shares_of",
    "unexplained_fen",
    "where_it_goes",
]
