"""The paper behind the supervision game, reproduced as printed, recomputed as derived, and its contradictions shown.

Tao (2025), "An Analysis of the Game Logic and Sustainable Development Path of Live-Streaming E-Commerce in Poverty
Alleviation", doi:10.12677/ecl.2025.14124679. What always holds here: a printed figure is computed by the formula the
paper prints beside it, a derived one is the equilibrium of the game, and no figure of an erratum is typed in. The paper
gives R1−R2+L = 20 and not the parts, while its equation (4) needs L: wherever L matters, `loss_share` says which L is
assumed, 10 unless you say otherwise.
"""

from fieldcast.science.games.paper.conclusion import Conclusion, conclusion_3
from fieldcast.science.games.paper.errata import Erratum, errata
from fieldcast.science.games.paper.scenarios import (
    COMBINED,
    LOSS_SHARE,
    ORDINARY,
    POVERTY,
    STAKE,
    combined,
    ordinary,
    poverty,
)
from fieldcast.science.games.paper.tables import Row, Table, printed_p1, table
from fieldcast.science.games.paper.transcription import Cells

__all__ = [
    "COMBINED",
    "LOSS_SHARE",
    "ORDINARY",
    "POVERTY",
    "STAKE",
    "Cells",
    "Conclusion",
    "Erratum",
    "Row",
    "Table",
    "combined",
    "conclusion_3",
    "errata",
    "ordinary",
    "poverty",
    "printed_p1",
    "table",
]
