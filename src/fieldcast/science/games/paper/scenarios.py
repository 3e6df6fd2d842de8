"""The paper's three scenarios (§4.1, §4.3) as games.

The paper gives C, F, H1−H2 = 12 and R1−R2+L = 20. The rest is ours: L = 10 unless another `loss_share` is given,
H1 = 20, H2 = 8, G = 50, and incomes at which R2−L = 120 at L = 10, so that C = 30 is the quarter of the farmer's income
that §4.1 speaks of. No probability depends on G, H2, R1 or R2, only on L and what the paper gives.
"""

from fractions import Fraction

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.games.supervision.checks import as_parameter
from fieldcast.science.games.supervision.figures import figure
from fieldcast.science.text import Text

GAIN = 12
"""H1−H2, what the host saves by being dishonest."""
STAKE = 20
"""R1−R2+L, of which the paper does not give the parts."""
LOSS_SHARE = 10
"""The L we assume where nothing else is said."""


def poverty(*, loss_share: float | Fraction = LOSS_SHARE) -> SupervisionGame:
    """The poverty baseline, C = 30 and F = 10. `loss_share` is L, in 0 ≤ L < 20; `BadParameter` otherwise."""
    loss = as_parameter("loss_share", loss_share)
    if not isinstance(loss, int | float | Fraction) or not 0 <= loss < STAKE:
        raise BadParameter(
            "loss_share",
            Text(
                en=f"loss_share must be at least 0 and below {STAKE}: the paper sets R1−R2+L = {STAKE} and R2 "
                "< R1",
                zh=f"loss_share 不能小于 0，且必须小于 {STAKE}：论文设 R1−R2+L = {STAKE}，且 R2 < R1",
            ),
        )
    return SupervisionGame(R1=130 + STAKE - loss, R2=130, C=30, F=10, L=loss, G=50, H1=8 + GAIN, H2=8)


def ordinary(*, loss_share: float | Fraction = LOSS_SHARE) -> SupervisionGame:
    """Ordinary commerce, C = 15 and F = 25 (§4.1)."""
    return poverty(loss_share=loss_share).with_(C=15, F=25)


def combined(*, loss_share: float | Fraction = LOSS_SHARE) -> SupervisionGame:
    """The combined policy of conclusion (3): C down by 20% to 24, F up by 50% to 15."""
    return poverty(loss_share=loss_share).with_(C=24, F=15)


POVERTY = poverty()
ORDINARY = ordinary()
COMBINED = combined()


def assumed(loss_share: float | Fraction) -> Text:
    """The remark that goes with every figure that depends on L."""
    return Text(
        en=f"The paper gives R1−R2+L = {STAKE} and not L; L = {figure(loss_share)} is assumed here.",
        zh=f"论文只给了 R1−R2+L = {STAKE}，没有单给 L；这里按 L = {figure(loss_share)} 算。",
    )
