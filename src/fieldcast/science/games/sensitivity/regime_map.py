"""Where the supervision game changes its kind of equilibrium: a map over two parameters with its exact borders."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.games.sensitivity.curves import check_two
from fieldcast.science.games.sensitivity.model import Floats, Model, as_values
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.games.supervision.regimes import code_of
from fieldcast.science.text import Text

OUTSIDE = -1
"""The code of cells that break an assumption of the game, such as H2 ≥ H1."""

Linear = dict[str, int]
BORDERS: dict[str, Linear] = {
    "fine_at_gain": {"F": 1, "H1": -1, "H2": 1},
    "cost_at_stake": {"C": 1, "F": -1, "L": -1},
}
ASSUMPTIONS: dict[str, Linear] = {
    "C_at_0": {"C": 1},
    "F_at_0": {"F": 1},
    "L_at_0": {"L": 1},
    "R1_at_R2": {"R1": 1, "R2": -1},
    "H1_at_H2": {"H1": 1, "H2": -1},
}
LABELS = {
    "fine_at_gain": Text(en="F = H1−H2: above it the fine deters", zh="F = H1−H2：罚过它才罚得住"),
    "cost_at_stake": Text(en="C = F+L: above it nobody supervises", zh="C = F+L：高过它没人监督"),
    "R1_at_R2": Text(en="R1 = R2: the model needs R2 < R1", zh="R1 = R2：模型要求 R2 < R1"),
    "H1_at_H2": Text(en="H1 = H2: the model needs H2 < H1", zh="H1 = H2：模型要求 H2 < H1"),
}


@dataclass(frozen=True, eq=False)
class BoundaryLine:
    """One border on a map: a straight line from `points[0]` to `points[1]`, each (x, y); shape (2, 2)."""

    name: str
    points: Floats

    @property
    def label(self) -> Text:
        """What the border means."""
        return LABELS[self.name]


@dataclass(frozen=True, eq=False)
class RegimeMap:
    """`codes[j, i]` is the regime at `x_values[i]` and `y_values[j]`; `Regime.of` names it; −1 outside the assumptions.

    `lines` are the exact borders within the map, for drawing; `here` is where the game itself stands.
    """

    x: str
    y: str
    x_values: Floats
    y_values: Floats
    codes: NDArray[np.int8]
    lines: tuple[BoundaryLine, ...]
    here: tuple[float, float]


def regime_map(
    game: SupervisionGame, *, x: str, y: str, x_values: ArrayLike, y_values: ArrayLike
) -> RegimeMap:
    """The regimes of one game over two of its parameters, the others as they are. Raises `BadParameter`."""
    model = Model.of_game(game, "honesty")
    for name in (x, y):
        model.check(name)
    check_two(x, y)
    across, up = as_values(x, x_values), as_values(y, y_values)
    cell = {name: np.asarray(value) for name, value in model.base.items()}
    cell |= {x: across[None, :], y: up[:, None]}
    codes = code_of(C=cell["C"], F=cell["F"], L=cell["L"], H1=cell["H1"], H2=cell["H2"])
    codes = np.array(np.broadcast_to(codes, (up.size, across.size)))
    for allowed in _assumptions(cell):
        if not allowed.all():
            np.putmask(codes, ~np.broadcast_to(allowed, codes.shape), OUTSIDE)
    return RegimeMap(
        x=x,
        y=y,
        x_values=across,
        y_values=up,
        codes=codes,
        lines=_lines(model, x, y, across, up),
        here=(model.base[x], model.base[y]),
    )


def thresholds(game: SupervisionGame, *, parameter: str) -> tuple[float, ...]:
    """The values of one parameter, in order, at which one game changes its regime, the others as they are.

    Only values that the assumptions allow. Raises `BadParameter`.
    """
    model = Model.of_game(game, "honesty")
    model.check(parameter)
    low, high = model.limits.get(parameter, (-np.inf, np.inf))
    found = set()
    for border in BORDERS.values():
        if parameter in border:
            rest = sum(factor * model.base[name] for name, factor in border.items() if name != parameter)
            value = -rest / border[parameter]
            if low <= value <= high:
                found.add(value + 0.0)
    return tuple(sorted(found))


def _assumptions(cell: dict[str, Floats]) -> list[NDArray[np.bool_]]:
    not_negative = [cell[name] >= 0 for name in ("C", "F", "L")]
    return [*not_negative, cell["R1"] > cell["R2"], cell["H1"] > cell["H2"]]


def _lines(model: Model, x: str, y: str, across: Floats, up: Floats) -> tuple[BoundaryLine, ...]:
    """Each border and each strict assumption as a line cut to the map and to what is allowed."""
    inside = [_in_plane(linear, model, x, y) for linear in ASSUMPTIONS.values()]
    for axis, values in ((np.array([1.0, 0.0]), across), (np.array([0.0, 1.0]), up)):
        inside += [(axis, -float(values.min())), (-axis, float(values.max()))]
    lines = []
    for name in LABELS:
        normal, constant = _in_plane(BORDERS.get(name) or ASSUMPTIONS[name], model, x, y)
        if normal.any() and (points := _cut(normal, constant, inside)) is not None:
            lines.append(BoundaryLine(name=name, points=points))
    return tuple(lines)


def _in_plane(linear: Linear, model: Model, x: str, y: str) -> tuple[Floats, float]:
    """normal·(x, y) + constant."""
    normal = np.array([linear.get(x, 0), linear.get(y, 0)], dtype=np.float64)
    rest = sum(factor * model.base[name] for name, factor in linear.items() if name not in (x, y))
    return normal, float(rest)


def _cut(normal: Floats, constant: float, inside: list[tuple[Floats, float]]) -> Floats | None:
    """The part of the line normal·p + constant = 0 where every other expression is at least 0, if there is any."""
    start = -constant * normal / (normal @ normal)
    along = np.array([-normal[1], normal[0]])
    first, last = -np.inf, np.inf
    for other, rest in inside:
        slope, at_start = float(other @ along), float(other @ start + rest)
        if slope > 0:
            first = max(first, -at_start / slope)
        elif slope < 0:
            last = min(last, -at_start / slope)
        elif at_start < -1e-9 * (1 + abs(rest)):
            return None
    return np.array([start + first * along, start + last * along]) + 0.0 if first < last else None
