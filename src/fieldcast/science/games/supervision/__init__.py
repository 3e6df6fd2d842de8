"""The host–farmer supervision game of Tao (2025), doi:10.12677/ecl.2025.14124679, solved for every parameter it allows.

A host sells honestly or not, a farmer supervises or not, and neither sees what the other does. What always holds here:
the parameters meet the paper's own assumptions or are refused; every combination of them falls into one named regime,
boundaries included; and a game of arrays gives, cell by cell, what the game of one number gives.
"""

from fieldcast.science.games.supervision.checks import PARAMETERS, Parameter, Value
from fieldcast.science.games.supervision.game import Expected, SupervisionGame
from fieldcast.science.games.supervision.payoffs import Form
from fieldcast.science.games.supervision.regimes import Regime
from fieldcast.science.games.supervision.statics import QUANTITIES, Statics

__all__ = [
    "PARAMETERS",
    "QUANTITIES",
    "Expected",
    "Form",
    "Parameter",
    "Regime",
    "Statics",
    "SupervisionGame",
    "Value",
]
