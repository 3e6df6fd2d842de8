"""From an order line and the terms it was sold under to everyone's share of it. Pure: no database, clock or chance.

What always holds: the shares of a line sum to what was paid less what was refunded, to the fen; every share can be
worked out again from its formula and inputs alone; a farmer's shares of a line never sum to less than zero.

One folder for each model of sharing; to add one, copy a neighbour and register it in `models`.
"""

from fieldcast.agreements.calculation.deductions import PackSum, left_of, pack_sum
from fieldcast.agreements.calculation.explaining import (
    combine,
    explain,
    kind_title,
    recompute,
    role_title,
    unexplained_fen,
)
from fieldcast.agreements.calculation.models import MODELS, shares_of
from fieldcast.agreements.calculation.picture import Slice, where_it_goes
from fieldcast.agreements.calculation.shapes import LineFacts, Parties, Share, UnknownFormula

__all__ = [
    "MODELS",
    "LineFacts",
    "PackSum",
    "Parties",
    "Share",
    "Slice",
    "UnknownFormula",
    "combine",
    "explain",
    "kind_title",
    "left_of",
    "pack_sum",
    "recompute",
    "role_title",
    "shares_of",
    "unexplained_fen",
    "where_it_goes",
]
