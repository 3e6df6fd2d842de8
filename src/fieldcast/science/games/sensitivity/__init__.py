"""What an answer depends on, and how much: one parameter at a time, two, or all of them at once.

Everything works on a `Model`, any function of named parameters that takes arrays; `Model.of_game` makes one of a
supervision game. What always holds here: the function is called once with all points it is needed at, and randomness
comes from the seed given.

| function | what it answers |
|---|---|
| `one_way`, `two_way` | the outcome along one parameter, over a grid of two |
| `tornado` | which parameter moves the outcome most, each within its range |
| `elasticities`, `elasticities_of` | per cent of outcome for a per cent of parameter: measured, or in closed form |
| `regime_map`, `thresholds` | where the supervision game changes its kind of equilibrium |
| `sobol` | how much of the variance each parameter accounts for, alone and together with others |
"""

from fieldcast.science.games.sensitivity.curves import Curve, Grid, one_way, two_way
from fieldcast.science.games.sensitivity.elasticity import Elasticities, elasticities, elasticities_of
from fieldcast.science.games.sensitivity.model import Model
from fieldcast.science.games.sensitivity.regime_map import (
    OUTSIDE,
    BoundaryLine,
    RegimeMap,
    regime_map,
    thresholds,
)
from fieldcast.science.games.sensitivity.sobol import SobolIndices, sobol
from fieldcast.science.games.sensitivity.tornado import Bar, Tornado, tornado

__all__ = [
    "OUTSIDE",
    "Bar",
    "BoundaryLine",
    "Curve",
    "Elasticities",
    "Grid",
    "Model",
    "RegimeMap",
    "SobolIndices",
    "Tornado",
    "elasticities",
    "elasticities_of",
    "one_way",
    "regime_map",
    "sobol",
    "thresholds",
    "tornado",
    "two_way",
]
