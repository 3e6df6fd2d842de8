"""What happens near a rest point: the Jacobian within the state space, its eigenvalues, and the class they decide.

Where eigenvalues on the imaginary axis decide nothing, a constant of motion or evolutionary stability is looked for;
where neither is known the point is called degenerate, never a centre or a sink.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games.evolution.conserved import conserves, on_face
from fieldcast.science.games.evolution.ess import is_ess
from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.slopes import Support, face_basis, payoff_slope
from fieldcast.science.text import Text

ZERO = 1e-8  # eigenvalues and payoff differences below this part of the spread are zero


class Kind(StrEnum):
    """The class of a rest point."""

    SINK = "sink"
    SOURCE = "source"
    SADDLE = "saddle"
    CENTRE = "centre"
    DEGENERATE = "degenerate"


@dataclass(frozen=True, eq=False)
class Stability:
    """`eigenvalues` (Σ (s_k − 1),), sorted by real part; the class and the criterion that decided it.

    `nash`: no absent strategy would earn more. `ess`: evolutionarily stable, strict Nash where there are several
    populations (Selten 1980); `None` where payoffs are a rule of the state and the notion is not defined.
    """

    eigenvalues: NDArray[np.complex128]
    kind: Kind
    criterion: Text
    nash: bool
    ess: bool | None


def jacobian(game: PopulationGame, state: FloatArray) -> FloatArray:
    """The replicator equation's derivative within the state space, in orthonormal coordinates, (d, d), d = Σ (s_k − 1).

    For x_i' = x_i (f_i − f̄) along a direction u that keeps every population's sum: u_i (f_i − f̄) + x_i (Df u − df̄)_i
    with df̄ = u·f + x·Df u within the population.
    """
    basis = face_basis(game, tuple(tuple(range(size)) for size in game.sizes))
    f, x, together = game.payoffs(state), state[:, None], game.together
    slope = payoff_slope(game, state, basis)
    mean_slope = together @ (f[:, None] * basis + x * slope)
    change = (f - together @ (state * f))[:, None] * basis + x * (slope - mean_slope)
    within: FloatArray = basis.T @ change
    return within


def stability(
    game: PopulationGame, *, state: FloatArray, support: Support, dimension: int = 0, singular: bool = False
) -> Stability:
    """The class of a rest point `state` (total,) with this support; `dimension` > 0 where it is one of a continuum."""
    eigenvalues = np.linalg.eigvals(jacobian(game, state)).astype(np.complex128)
    eigenvalues = eigenvalues[np.lexsort((eigenvalues.imag, eigenvalues.real))]
    nash, strict = _best_replies(game, state)
    ess: bool | None = None
    if game.tensors:
        ess = is_ess(game.tensors[0], state) if game.symmetric else strict
    kind, criterion = _classify(game, eigenvalues, support, bool(ess), dimension, singular)
    return Stability(eigenvalues=eigenvalues, kind=kind, criterion=criterion, nash=nash, ess=ess)


def _best_replies(game: PopulationGame, state: FloatArray) -> tuple[bool, bool]:
    """Whether nobody gains by another strategy, and whether everybody else would lose by it."""
    f = game.payoffs(state)
    nash = strict = True
    for part in game.slices:
        short = (f[part] @ state[part] - f[part]) / game.spread
        absent = state[part] <= 0
        nash &= bool((short[absent] >= -ZERO).all())
        strict &= bool((short[absent] > ZERO).all()) and int(absent.sum()) == len(absent) - 1
    return nash, strict


def _classify(
    game: PopulationGame,
    eigenvalues: NDArray[np.complex128],
    support: Support,
    ess: bool,
    dimension: int,
    singular: bool,
) -> tuple[Kind, Text]:
    real, turning = eigenvalues.real / game.spread, abs(eigenvalues.imag) / game.spread > ZERO
    up, down = bool((real > ZERO).any()), bool((real < -ZERO).any())
    verdict = Kind.DEGENERATE, UNSTABLE if up else UNDECIDED
    if dimension or singular:
        verdict = Kind.DEGENERATE, CONTINUUM if dimension else MULTIPLE
    elif up and down:
        verdict = Kind.SADDLE, SADDLE
    elif (real < -ZERO).all():
        verdict = Kind.SINK, STRICT if ess and not game.symmetric else SINK
    elif (real > ZERO).all():
        verdict = Kind.SOURCE, SOURCE
    elif ess and game.symmetric:
        verdict = Kind.SINK, ESS
    elif not up and _is_centre(game, support, turning[abs(real) <= ZERO]):
        verdict = Kind.CENTRE, FACE_CENTRE if down else CENTRE
    return verdict


def _is_centre(game: PopulationGame, support: Support, turning: NDArray[np.bool_]) -> bool:
    """Whether exactly the directions within the face neither grow nor shrink, all turn, and a constant of motion holds.

    The face is then the centre manifold, and the reduction principle (Carr 1981, Applications of Centre Manifold
    Theory) lifts its stability to the whole.
    """
    directions = sum(len(chosen) - 1 for chosen in support)
    face = on_face(game, support)
    return bool(turning.all()) and len(turning) == directions and face is not None and conserves(face)


SINK = Text(
    en="Every eigenvalue has a negative real part: what starts near comes back (Lyapunov's indirect method).",
    zh="所有特征值的实部都为负：从附近出发都会回到这里（李雅普诺夫间接法）。",
)
STRICT = Text(
    en="A strict equilibrium: every eigenvalue is negative, and it is evolutionarily stable (Selten 1980).",
    zh="严格均衡：所有特征值都为负，是演化稳定策略（Selten 1980）。",
)
ESS = Text(
    en="Evolutionarily stable, hence a sink, although an eigenvalue is zero (Hofbauer, Schuster and Sigmund 1979).",
    zh="是演化稳定策略，因此是汇点，尽管有特征值为零（Hofbauer、Schuster、Sigmund 1979）。",
)
SOURCE = Text(
    en="Every eigenvalue has a positive real part: what starts near leaves.",
    zh="所有特征值的实部都为正：从附近出发都会离开。",
)
SADDLE = Text(
    en="Eigenvalues with positive and with negative real parts: near it, some paths come in and almost all leave.",
    zh="特征值的实部有正有负：附近少数路径靠近，几乎所有路径最终离开。",
)
CENTRE = Text(
    en="Imaginary eigenvalues and a constant of motion: paths near it go round for ever and never close in.",
    zh="特征值为纯虚数，且存在守恒量：附近的路径永远绕圈，不会收敛。",
)
FACE_CENTRE = Text(
    en="A centre among the strategies in use: paths go round it for ever, while strategies not in use die out near it.",
    zh="在已使用的策略之间是中心：路径永远绕圈；未使用的策略在附近会逐渐消失。",
)
CONTINUUM = Text(
    en="One of a continuum of rest points: along it nothing moves, so the eigenvalues do not decide.",
    zh="属于连续的一片静止点：沿着它什么都不动，特征值不能判定。",
)
MULTIPLE = Text(
    en="A multiple rest point: the equations are singular here, so the eigenvalues do not decide.",
    zh="重合的静止点：方程在此奇异，特征值不能判定。",
)
UNSTABLE = Text(
    en="An eigenvalue with a positive real part makes it unstable; another lies on the imaginary axis.",
    zh="有特征值实部为正，因此不稳定；另有特征值在虚轴上。",
)
UNDECIDED = Text(
    en="An eigenvalue lies on the imaginary axis and no constant of motion is known: the eigenvalues do not decide.",
    zh="有特征值在虚轴上，又没有已知的守恒量：特征值不能判定。",
)
