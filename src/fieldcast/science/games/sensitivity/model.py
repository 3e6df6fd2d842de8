"""A question to be asked many times: a function of named parameters, and the values they have at the start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.supervision import QUANTITIES, SupervisionGame, Value
from fieldcast.science.text import Text

Floats = NDArray[np.float64]
Function = Callable[[Mapping[str, Floats]], ArrayLike]
Range = tuple[float, float]
ANYTHING: Range = (-np.inf, np.inf)


@dataclass(frozen=True)
class Model:
    """`function` takes all parameters by name, as arrays of one shape, and gives the outcome in that shape.

    `base`: where each parameter stands, finite. `limits`: the lowest and highest value that each may take while the
    others stay at base; no entry means any.
    """

    function: Function
    base: Mapping[str, float]
    limits: Mapping[str, Range] = field(default_factory=dict)

    @staticmethod
    def of_game(game: SupervisionGame, quantity: str) -> "Model":
        """What becomes of `honesty`, `supervision`, or the expected payoff of `host`, `farmer` or both (`welfare`).

        Raises `BadParameter` for another quantity and for a game of arrays.
        """
        check_quantity(quantity)
        if game.shape:
            raise BadParameter(
                "game",
                Text(en="game must be one game, not an array of games", zh="game 只能是一个博弈，不能是数组"),
            )
        base = {name: float(value) for name, value in game.floats.items()}
        above = {name: np.nextafter(base[name], np.inf) for name in ("R2", "H2")}
        below = {name: np.nextafter(base[name], -np.inf) for name in ("R1", "H1")}
        limits: dict[str, Range] = dict.fromkeys(("C", "F", "L"), (0.0, np.inf))
        limits |= {"R1": (above["R2"], np.inf), "H1": (above["H2"], np.inf)}
        limits |= {"R2": (-np.inf, below["R1"]), "H2": (-np.inf, below["H1"])}

        def function(parameters: Mapping[str, Floats]) -> ArrayLike:
            return outcome(SupervisionGame(**parameters), quantity)

        return Model(function=function, base=base, limits=limits)

    def at(self, **changed: Floats) -> Floats:
        """Outcomes with some parameters changed, of the shape the changes broadcast to; the others stay at base.

        Raises `BadParameter` for an unknown name, and naming `function` when it does not answer with one finite number
        for each point.
        """
        for name in changed:
            self.check(name)
        shape = np.broadcast_shapes(*(np.shape(value) for value in changed.values()))
        points = {name: np.broadcast_to(changed.get(name, start), shape) for name, start in self.base.items()}
        found = np.asarray(self.function(points), dtype=np.float64)
        if found.shape != shape or not np.isfinite(found).all():
            raise BadParameter(
                "function",
                Text(
                    en=f"function must give one finite number for each of the points, in their shape {shape}",
                    zh=f"function 要对每个点给出一个有限的数，形状与点相同，即 {shape}",
                ),
            )
        return found

    def check(self, name: str) -> None:
        """Raise `BadParameter` when there is no parameter of this name."""
        if name not in self.base:
            names = ", ".join(self.base)
            raise BadParameter(
                name,
                Text(
                    en=f"{name} is not a parameter; they are {names}", zh=f"{name} 不是参数；参数有 {names}"
                ),
            )

    def allowed(self, name: str, low: float, high: float) -> Range:
        """A range of a parameter, cut to its limits. Raises `BadParameter` when nothing is left of it."""
        least, most = self.limits.get(name, ANYTHING)
        if high < least or low > most:
            raise BadParameter(
                name,
                Text(
                    en=f"the range of {name} lies outside what {name} may be, the others staying as they are",
                    zh=f"其他参数不变时，{name} 不能取这个范围里的值",
                ),
            )
        return max(float(low), float(least)), min(float(high), float(most))


def outcome(game: SupervisionGame, quantity: str) -> Value:
    """One of `QUANTITIES` at the equilibrium of a game or of many."""
    if quantity in ("host", "farmer"):
        expected = game.expected()
        return expected.host if quantity == "host" else expected.farmer
    if quantity == "welfare":
        return game.welfare()
    return game.honesty if quantity == "honesty" else game.supervision


def check_quantity(quantity: str) -> None:
    """Raise `BadParameter` unless this is one of `QUANTITIES`."""
    if quantity not in QUANTITIES:
        names = ", ".join(QUANTITIES)
        raise BadParameter(
            "quantity", Text(en=f"quantity must be one of {names}", zh=f"quantity 只能是 {names} 之一")
        )


def as_values(name: str, values: ArrayLike) -> Floats:
    """Values of one parameter as a float array of one dimension. Raises `BadParameter`."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or not array.size or not np.isfinite(array).all():
        raise BadParameter(
            name,
            Text(
                en=f"the values of {name} must be a list of finite numbers",
                zh=f"{name} 的取值要是一列有限的数",
            ),
        )
    return array


def as_range(name: str, given: tuple[float, float]) -> Range:
    """A finite range, low below high. Raises `BadParameter`."""
    low, high = (float(end) for end in given)
    if not (np.isfinite([low, high]).all() and low < high):
        raise BadParameter(
            name,
            Text(
                en=f"the range of {name} must be two finite numbers, the lower first",
                zh=f"{name} 的范围要是两个有限的数，小的在前",
            ),
        )
    return low, high
