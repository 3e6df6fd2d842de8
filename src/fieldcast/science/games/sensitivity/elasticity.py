"""By how many per cent the outcome changes for one per cent more of a parameter."""

from dataclasses import dataclass

import numpy as np

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.sensitivity.model import Floats, Model, check_quantity, outcome
from fieldcast.science.games.supervision import PARAMETERS, QUANTITIES, SupervisionGame
from fieldcast.science.text import Text

NEGLIGIBLE = 1e-12


@dataclass(frozen=True, eq=False)
class Elasticities:
    """`values[..., i]` is the elasticity with respect to `parameters[i]`; NaN where the outcome is 0 or jumps."""

    parameters: tuple[str, ...]
    values: Floats

    def of(self, parameter: str) -> float | Floats:
        """The elasticity with respect to one parameter: a float, or an array for a game of arrays."""
        found = self.values[..., self.parameters.index(parameter)]
        return float(found) if found.ndim == 0 else found


def elasticities(model: Model, *, step: float = 1e-4) -> Elasticities:
    """Measured at base by central differences of ± `step` of each parameter, or as far as its limits allow.

    Right for smooth outcomes; across a jump it measures the jump. Raises `BadParameter`.
    """
    if not 0 < step < 1:
        raise BadParameter("step", Text(en="step must be between 0 and 1", zh="step 必须在 0 和 1 之间"))
    names = tuple(model.base)
    starts = np.array([model.base[name] for name in names])
    ends = np.array(
        [
            model.allowed(name, start - step * abs(start), start + step * abs(start))
            for name, start in model.base.items()
        ]
    )
    points = {name: np.full((len(names), 2), start) for name, start in model.base.items()}
    for row, name in enumerate(names):
        points[name][row] = ends[row]
    outcomes = model.at(**points)
    base = model.at(**{name: np.array(start) for name, start in model.base.items()})
    width = ends[:, 1] - ends[:, 0]
    rise = np.divide(outcomes[:, 1] - outcomes[:, 0], width, out=np.zeros_like(width), where=width > 0)
    return Elasticities(parameters=names, values=_relative(starts * rise, base))


def elasticities_of(game: SupervisionGame, *, quantity: str) -> Elasticities:
    """In closed form, for games of any shape: derivative × parameter / outcome, values of shape (..., 8).

    `quantity` is one of `supervision.QUANTITIES`. Raises `BadParameter`.
    """
    check_quantity(quantity)
    slopes = game.statics().values[..., QUANTITIES.index(quantity), :]
    parameters = np.stack([np.broadcast_to(value, game.shape) for value in game.floats.values()], axis=-1)
    found = _relative(slopes * parameters, np.asarray(outcome(game, quantity)))
    return Elasticities(parameters=PARAMETERS, values=found)


def _relative(effects: Floats, outcome: Floats) -> Floats:
    """Effects of shape (..., d) per outcome of shape (...); an outcome that is rounding beside its effects is 0."""
    sizes = np.abs(np.nan_to_num(effects)).max(axis=-1)
    some = np.broadcast_to((np.abs(outcome) > NEGLIGIBLE * sizes)[..., None], effects.shape)
    relative: Floats = np.divide(effects, outcome[..., None], out=np.full(effects.shape, np.nan), where=some)
    return relative
