"""What becomes of many who copy what pays: replicator dynamics of any finite game between populations.

Make a game (`constant_game`, `symmetric_game`, `rule_game`, or `supervision_dynamics`, `dynamic_penalty` and
`platform_game` for the supervision game), then follow it (`replicate`), find where it rests (`rest_points`), which
starts end where (`basins`), draw it (`phase_portrait`), or let chance in (`imitate`). Shares are never negative and
sum to one.

Two theorems say what to expect of constant payoffs between populations. A rest point is evolutionarily stable exactly
when it is a strict equilibrium (Selten 1980, A note on evolutionarily stable strategies in asymmetric animal
conflicts). And the velocity divided by the product of all shares has no divergence, so nothing mixed is a sink
(Hofbauer and Sigmund 1998, Evolutionary Games and Population Dynamics, ch. 11; Ritzberger and Weibull 1995,
Evolutionary selection in normal-form games).
"""

from fieldcast.science.games.evolution.basins import Basin, Basins, basins, random_states
from fieldcast.science.games.evolution.finite import (
    FinitePaths,
    fixation_probability,
    imitate,
    stationary_distribution,
)
from fieldcast.science.games.evolution.game import PopulationGame, Rule
from fieldcast.science.games.evolution.integrate import Trajectories, replicate
from fieldcast.science.games.evolution.making import constant_game, rule_game, symmetric_game
from fieldcast.science.games.evolution.portrait import Portrait, phase_portrait
from fieldcast.science.games.evolution.rest import RestPoint, RestPoints, rest_points
from fieldcast.science.games.evolution.stability import Kind, jacobian
from fieldcast.science.games.evolution.supervised import (
    Cycle,
    Damping,
    cycle_constant,
    damping,
    dynamic_penalty,
    supervision_cycle,
    supervision_dynamics,
)
from fieldcast.science.games.evolution.three_party import PlatformTerms, platform_game

__all__ = [
    "Basin",
    "Basins",
    "Cycle",
    "Damping",
    "FinitePaths",
    "Kind",
    "PlatformTerms",
    "PopulationGame",
    "Portrait",
    "RestPoint",
    "RestPoints",
    "Rule",
    "Trajectories",
    "basins",
    "constant_game",
    "cycle_constant",
    "damping",
    "dynamic_penalty",
    "fixation_probability",
    "imitate",
    "jacobian",
    "phase_portrait",
    "platform_game",
    "random_states",
    "replicate",
    "rest_points",
    "rule_game",
    "stationary_distribution",
    "supervision_cycle",
    "supervision_dynamics",
    "symmetric_game",
]
