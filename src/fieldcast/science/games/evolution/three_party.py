"""Host, cooperative and platform: the supervision game once a platform may inspect as well.

The table adds four numbers to those of the paper. An inspecting platform pays `inspection_cost`, finds every dishonest
host, fines it and shares the burden of a cooperative that supervises by a subsidy. Dishonesty that nobody catches
reaches the buyers: the cooperative loses L, the platform its reputation. Where the platform never inspects, host and
cooperative have the derived payoffs of `supervision`, the cooperative in the farmer's place.

| host | cooperative | platform | host earns | cooperative earns | platform earns |
|---|---|---|---|---|---|
| honest | supervises | inspects | G − H1 | R1 − C + S | −K − S |
| honest | supervises | does not | G − H1 | R1 − C | 0 |
| honest | does not | inspects | G − H1 | R1 | −K |
| honest | does not | does not | G − H1 | R1 | 0 |
| dishonest | supervises | inspects | G − H2 − F − M | R2 − C + F + S | M − K − S |
| dishonest | supervises | does not | G − H2 − F | R2 − C + F | 0 |
| dishonest | does not | inspects | G − H2 − M | R2 | M − K |
| dishonest | does not | does not | G − H2 | R2 − L | −D |

K inspection cost, M the platform's fine, S subsidy, D reputation loss. The platform's commission is the same in every
row and left out: what does not depend on the strategy moves no share. Being a constant game between three populations
it has no mixed sinks; it cycles, or it settles in pure strategies.
"""

from dataclasses import dataclass

import numpy as np

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution.checks import number
from fieldcast.science.games.evolution.game import PopulationGame
from fieldcast.science.games.evolution.making import constant_game
from fieldcast.science.games.evolution.supervised import DISHONEST, DOES_NOT, HONEST, HOST, SUPERVISES
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

COOPERATIVE, PLATFORM = Text(en="cooperative", zh="合作社"), Text(en="platform", zh="平台")
INSPECTS, LEAVES = Text(en="inspects", zh="抽检"), Text(en="does not inspect", zh="不抽检")


@dataclass(frozen=True)
class PlatformTerms:
    """K, M, S and D of the table, each at least 0, in the unit of the game's money."""

    inspection_cost: float
    fine: float
    subsidy: float
    reputation_loss: float

    def __post_init__(self) -> None:
        for name in ("inspection_cost", "fine", "subsidy", "reputation_loss"):
            object.__setattr__(self, name, number(name, getattr(self, name), least=0))


def platform_game(game: SupervisionGame, *, terms: PlatformTerms) -> PopulationGame:
    """The three populations with the payoffs of the table in this module, for `replicate`, `rest_points` and `basins`.

    Axes: host honest, dishonest; cooperative supervises, does not; platform inspects, does not. Raises `BadParameter`
    for a game of arrays.
    """
    if game.shape != ():
        raise BadParameter(
            "game",
            Text(
                en="Dynamics are those of one game: give single numbers, not arrays.",
                zh="演化只针对一个博弈：参数请给单个数，不要给数组。",
            ),
        )
    lost = float(game.floats["L"])
    host, cooperative = (np.repeat(payoffs[:, :, None], 2, axis=2) for payoffs in game.payoffs("derived"))
    platform = np.zeros((2, 2, 2))
    host[1, :, 0] -= terms.fine
    cooperative[:, 0, 0] += terms.subsidy
    cooperative[1, 1, 0] += lost  # caught before it reached the buyers
    platform[:, :, 0] -= terms.inspection_cost
    platform[:, 0, 0] -= terms.subsidy
    platform[1, :, 0] += terms.fine
    platform[1, 1, 1] -= terms.reputation_loss
    return constant_game(
        host,
        cooperative,
        platform,
        populations=(HOST, COOPERATIVE, PLATFORM),
        strategies=((HONEST, DISHONEST), (SUPERVISES, DOES_NOT), (INSPECTS, LEAVES)),
    )
