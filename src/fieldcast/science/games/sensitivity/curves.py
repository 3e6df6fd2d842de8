"""The outcome along one parameter, and over a grid of two."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.sensitivity.model import Floats, Model, as_values
from fieldcast.science.text import Text


@dataclass(frozen=True, eq=False)
class Curve:
    """`outcome[i]` is what comes of `values[i]`; both of shape (n,)."""

    parameter: str
    values: Floats
    outcome: Floats


@dataclass(frozen=True, eq=False)
class Grid:
    """`outcome[j, i]` is what comes of `x_values[i]` and `y_values[j]`; shape (len(y_values), len(x_values))."""

    x: str
    y: str
    x_values: Floats
    y_values: Floats
    outcome: Floats


def one_way(model: Model, *, parameter: str, values: ArrayLike) -> Curve:
    """The outcome at each value of one parameter. Raises `BadParameter`."""
    points = as_values(parameter, values)
    return Curve(parameter=parameter, values=points, outcome=model.at(**{parameter: points}))


def two_way(model: Model, *, x: str, y: str, x_values: ArrayLike, y_values: ArrayLike) -> Grid:
    """The outcome at every pair of values of two parameters. Raises `BadParameter`."""
    across, up = as_values(x, x_values), as_values(y, y_values)
    check_two(x, y)
    return Grid(
        x=x, y=y, x_values=across, y_values=up, outcome=model.at(**{x: across[None, :], y: up[:, None]})
    )


def check_two(x: str, y: str) -> None:
    """Raise `BadParameter` unless these are two parameters."""
    if x == y:
        raise BadParameter(
            "y", Text(en=f"x and y must differ, both are {x}", zh=f"x 和 y 不能是同一个，都是 {x}")
        )
