"""The supervision game played by many hosts and many farmers who copy what pays (x honest, y supervising).

With the derived payoffs of `supervision`, and ΔH = H1 − H2,

    x' = x(1−x) [F y − ΔH],    y' = y(1−y) [(F+L)(1−x) − C].

Where the game is mixed, honesty and supervision chase each other round its equilibrium for ever: it is a centre, and
`cycle_constant` stays as it was. A penalty F(x) = F·(1 + k(1−x)) that rises with the share of dishonest hosts makes the
centre a sink for every k > 0 for which there is a mixed rest point (`damping`).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution.checks import number
from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.making import constant_game, rule_game
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

HOST, FARMER = Text(en="host", zh="主播"), Text(en="farmer", zh="农户")
HONEST, DISHONEST = Text(en="honest", zh="诚信推销"), Text(en="dishonest", zh="不诚信推销")
SUPERVISES, DOES_NOT = Text(en="supervises", zh="严格监督"), Text(en="does not supervise", zh="不严格监督")
NAMES = ((HONEST, DISHONEST), (SUPERVISES, DOES_NOT))


@dataclass(frozen=True)
class Cycle:
    """The centre of the cycles, their time averages too, and how long a small cycle takes, in units of 1/money."""

    honesty: float
    supervision: float
    period: float


@dataclass(frozen=True)
class Damping:
    """What a penalty F·(1 + slope·(1−x)) does.

    `honesty`, `supervision` and `eigenvalues` tell the mixed rest point, `None` where there is none. `settles`: it is a
    sink to which every mixed start goes. So it is exactly for slopes above `least_slope` (infinite where C or F is 0).
    """

    slope: float
    honesty: float | None
    supervision: float | None
    eigenvalues: tuple[complex, complex] | None
    settles: bool
    least_slope: float
    text: Text


def supervision_dynamics(game: SupervisionGame) -> PopulationGame:
    """Hosts and farmers as two populations with the derived payoffs. Raises `BadParameter` for a game of arrays."""
    _single(game)
    return constant_game(*game.payoffs("derived"), populations=(HOST, FARMER), strategies=NAMES)


def supervision_cycle(game: SupervisionGame) -> Cycle | None:
    """The centre of `supervision_dynamics`, or `None` where the game is not mixed and nothing goes round.

    Its Jacobian has a zero diagonal and eigenvalues ±i√(x(1−x)·F·y(1−y)·(F+L)). Time averages over any cycle equal the
    equilibrium (Hofbauer and Sigmund 1998, ch. 11).
    """
    p = _single(game)
    f, gain = p["F"], p["H1"] - p["H2"]
    if not (gain < f and 0 < p["C"] < f + p["L"]):
        return None
    x, y = 1 - p["C"] / (f + p["L"]), gain / f
    turning = math.sqrt(x * (1 - x) * f * y * (1 - y) * (f + p["L"]))
    return Cycle(honesty=x, supervision=y, period=2 * math.pi / turning)


def cycle_constant(game: SupervisionGame, states: ArrayLike) -> FloatArray:
    """V = (F+L−C) ln x + C ln(1−x) + ΔH ln y + (F−ΔH) ln(1−y) at states (..., 4): constant along trajectories.

    Follows from dividing both equations by x(1−x)y(1−y) and integrating; highest at the centre. Minus infinity on the
    border where a weight is positive.
    """
    p = _single(game)
    f, gain, shares = p["F"], p["H1"] - p["H2"], np.asarray(states, dtype=np.float64)
    weights = np.array([f + p["L"] - p["C"], p["C"], gain, f - gain])
    with np.errstate(divide="ignore"):
        logs = np.log(shares)
    terms = np.where(weights != 0, weights * np.where(weights != 0, logs, 0.0), 0.0)
    total: FloatArray = terms.sum(axis=-1)
    return total


def dynamic_penalty(game: SupervisionGame, *, slope: float) -> PopulationGame:
    """The two populations with the penalty F·(1 + slope·(1−x)), paid by a supervised dishonest host to the farmer.

    Raises `BadParameter` for a game of arrays and a slope that is not a finite number of at least 0.
    """
    p, k = _single(game), number("slope", slope, least=0)

    def rule(shares: tuple[FloatArray, ...]) -> tuple[FloatArray, ...]:
        (honest, dishonest), (watched, _) = shares[0].T, shares[1].T
        penalty = p["F"] * (1 + k * dishonest)
        host = [p["G"] - p["H1"] + 0 * watched, p["G"] - p["H2"] - penalty * watched]
        farmer = [
            honest * (p["R1"] - p["C"]) + dishonest * (p["R2"] - p["C"] + penalty),
            honest * p["R1"] + dishonest * (p["R2"] - p["L"]),
        ]
        return np.stack(host, axis=1), np.stack(farmer, axis=1)

    return rule_game(rule, sizes=(2, 2), populations=(HOST, FARMER), strategies=NAMES)


def damping(game: SupervisionGame, *, slope: float) -> Damping:
    """The mixed rest point under the penalty F·(1 + slope·(1−x)) and whether play settles there.

    With u = 1−x at rest: u·(F(1+ku)+L) = C and y = ΔH/F(x). There the Jacobian is

        [[−x(1−x)·kF·y,                x(1−x)·F(x)],
         [−y(1−y)·(F(x)+L+ukF),        0         ]]:

    a negative trace for k > 0 and a positive determinant, hence a sink; and dividing the velocity by x(1−x)y(1−y)
    leaves the divergence −kF/(1−y) < 0, so by Bendixson and Dulac there are no cycles. The point lies inside the square
    exactly when u < 1 and y < 1, which for C, F > 0 is k > max(0, (C−L)/F − 1, (ΔH−F)(ΔH+L)/(FC)). Raises
    `BadParameter` like `dynamic_penalty`.
    """
    p, k = _single(game), number("slope", slope, least=0)
    c, f, lost, gain = p["C"], p["F"], p["L"], p["H1"] - p["H2"]
    least = math.inf
    if c > 0 and f > 0:
        least = max(0.0, (c - lost) / f - 1, (gain - f) * (gain + lost) / (f * c))
    mixed = k > least or (k == 0 and supervision_cycle(game) is not None)
    if not mixed:
        return Damping(k, None, None, None, False, least, _nothing_settles(k, least))
    u = 2 * c / (f + lost + math.sqrt((f + lost) ** 2 + 4 * f * k * c))
    penalty = f * (1 + k * u)
    x, y = 1 - u, gain / penalty
    half_trace = -x * u * k * f * y / 2
    determinant = x * u * penalty * y * (1 - y) * (penalty + lost + u * k * f)
    root = complex(half_trace**2 - determinant) ** 0.5
    settles = k > 0
    return Damping(
        slope=k,
        honesty=x,
        supervision=y,
        eigenvalues=(half_trace - root, half_trace + root),
        settles=settles,
        least_slope=least,
        text=_settles(x, y, k) if settles else _turns(x, y),
    )


def _single(game: SupervisionGame) -> dict[str, float]:
    """The parameters of one game as floats."""
    if game.shape != ():
        raise BadParameter(
            "game",
            Text(
                en="Dynamics are those of one game: give single numbers, not arrays.",
                zh="演化只针对一个博弈：参数请给单个数，不要给数组。",
            ),
        )
    return {name: float(value) for name, value in game.floats.items()}


def _settles(x: float, y: float, k: float) -> Text:
    return Text(
        en=f"When the penalty is F × (1 + {k:g} × share of dishonest hosts), play settles at {x:.1%} honest hosts and "
        f"{y:.1%} supervising farmers.",
        zh=f"处罚为 F ×（1 + {k:g} × 不诚信主播占比）时，最终稳定在：{x:.1%} 的主播诚信，{y:.1%} 的农户监督。",
    )


def _turns(x: float, y: float) -> Text:
    return Text(
        en=f"With a constant penalty nothing settles: honesty and supervision circle round {x:.1%} and {y:.1%}.",
        zh=f"处罚固定不变时不会稳定下来：诚信率和监督率分别围绕 {x:.1%} 和 {y:.1%} 循环波动。",
    )


def _nothing_settles(k: float, least: float) -> Text:
    if math.isinf(least):
        return Text(
            en="Without a cost of supervision or without a penalty, no slope makes both sides mix.",
            zh="监督成本为零或没有处罚时，系数再大也不会出现双方混合的稳定状态。",
        )
    return Text(
        en=f"With a slope of {k:g} there is no mixed state to settle at; it takes a slope above {least:.3g}.",
        zh=f"系数为 {k:g} 时没有可以稳定下来的混合状态；系数须大于 {least:.3g}。",
    )
