"""Finite populations: what becomes of the replicator dynamics when chance matters.

Pairwise comparison by the Fermi rule (Blume 1993; Traulsen, Nowak and Pacheco 2006): one individual, drawn from all,
compares itself with another of its population and takes over that one's strategy with probability
1/(1 + exp(−w·(its payoff − own payoff))). Shares then follow, for large populations, x' = x(1−x) tanh(w·Δ/2), that is
replicator dynamics at w/2 of their speed where w·Δ is small. All populations here have two strategies.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution.checks import number, whole
from fieldcast.science.games.evolution.game import FloatArray, PopulationGame
from fieldcast.science.games.evolution.making import symmetric_game
from fieldcast.science.text import Text

MOST_EVENTS = 20_000_000
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class FinitePaths:
    """`shares[r, t, k]`: the share of the first strategy in population k at `times[t]` generations, in run r."""

    times: FloatArray
    shares: FloatArray


def imitate(
    game: PopulationGame,
    *,
    sizes: ArrayLike,
    starts: ArrayLike,
    generations: int,
    intensity: float,
    runs: int,
    seed: int,
    mutation: float = 0.0,
) -> FinitePaths:
    """Pairwise comparison in populations of `sizes` (n,) individuals, of whom `starts` (n,) play the first strategy.

    A generation is as many events as there are individuals; in each, one of all individuals takes a strategy at random
    with probability `mutation`, else compares as the module says with selection `intensity` w per unit of payoff. In a
    single population nobody meets oneself. Raises `BadParameter` for populations without two strategies, counts out of
    range, and more than 20,000,000 events in all.
    """
    count = _checked_sizes(game, sizes)
    firsts = np.atleast_1d(np.asarray(starts))
    if firsts.shape != count.shape:
        raise BadParameter(
            "starts", Text(en="Give one start for each population.", zh="每个群体给一个初始人数。")
        )
    for number_first, most in zip(firsts.tolist(), count.tolist(), strict=True):
        whole("starts", number_first, least=0, most=most)
    w, mu = number("intensity", intensity, least=0), number("mutation", mutation, least=0, most=1)
    everyone = int(count.sum())
    lasting = whole("generations", generations, least=1, most=MOST_EVENTS // everyone)
    repeats = whole("runs", runs, least=1, most=MOST_EVENTS // (everyone * lasting))
    rng = np.random.default_rng(seed)
    state = np.tile(firsts, (repeats, 1)).astype(np.float64)
    shares = np.empty((repeats, lasting + 1, len(count)))
    shares[:, 0] = state / count
    rows, owner = np.arange(repeats), np.repeat(np.arange(len(count)), count)
    for generation in range(1, lasting + 1):
        chance = rng.random((everyone, repeats))
        who = owner[rng.integers(everyone, size=(everyone, repeats))]
        for event in range(everyone):
            up, down = _moves(game, state, count, w, mu)
            k, u = who[event], chance[event]
            state[rows, k] += (u < up[rows, k]).astype(np.float64) - (u >= 1 - down[rows, k])
        shares[:, generation] = state / count
    return FinitePaths(np.arange(lasting + 1, dtype=np.float64), shares)


def fixation_probability(matrix: ArrayLike, *, size: int, intensity: float, start: int = 1) -> float:
    """Probability that `start` individuals of the first strategy take over a population of `size`, without mutation.

    Exact: (1 + Σ_{k<start} ∏_{i≤k} e^{−wΔ_i}) / (1 + Σ_{k<size} ∏_{i≤k} e^{−wΔ_i}), Δ_i the first strategy's lead when
    i play it (Traulsen, Nowak and Pacheco 2006). A Moran process with fitness e^{w·payoff} has the same. Raises
    `BadParameter` for a matrix that is not 2×2 and numbers out of range.
    """
    lead = _leads(matrix, whole("size", size, least=2, most=1_000_000))
    first = whole("start", start, least=0, most=size)
    logs = np.concatenate([[0.0], np.cumsum(-number("intensity", intensity, least=0) * lead)])
    return float(np.exp(np.logaddexp.reduce(logs[:first]) - np.logaddexp.reduce(logs))) if first else 0.0


def stationary_distribution(matrix: ArrayLike, *, size: int, intensity: float, mutation: float) -> FloatArray:
    """How often i of `size` individuals play the first strategy in the long run, (size + 1,), with mutation above 0.

    Exact, by detailed balance of a process that moves by one: π_i ∝ ∏_{j<i} up_j / down_{j+1}. Raises `BadParameter` as
    `fixation_probability` and for a mutation outside (0, 1].
    """
    count = whole("size", size, least=2, most=1_000_000)
    w, mu = number("intensity", intensity, least=0), number("mutation", mutation, above=0, most=1)
    playing = np.arange(count + 1, dtype=np.float64)
    lead = np.concatenate(
        [[0.0], _leads(matrix, count), [0.0]]
    )  # nobody meets the other strategy at the ends
    up, down = _chances(playing, count, lead, w, mu)
    logs = np.concatenate([[0.0], np.cumsum(np.log(up[:-1]) - np.log(down[1:]))])
    shares: FloatArray = np.exp(logs - np.logaddexp.reduce(logs))
    return shares


def _moves(
    game: PopulationGame, state: FloatArray, count: Counts, w: float, mu: float
) -> tuple[FloatArray, FloatArray]:
    """Chances that the individual drawn makes the first strategy one more or one less, per population (r, n)."""
    if game.symmetric:
        lead = _lead(game.tensors[0], state, count)
    else:
        share = state / count
        payoffs = game.payoffs(np.stack([share, 1 - share], axis=-1).reshape(len(share), -1))
        lead = payoffs[:, 0::2] - payoffs[:, 1::2]
    return _chances(state, count, lead, w, mu)


def _chances(
    playing: FloatArray, count: Counts | int, lead: FloatArray, w: float, mu: float
) -> tuple[FloatArray, FloatArray]:
    copied = (1 + np.tanh(w * lead / 2)) / 2  # 1/(1 + e^−wΔ), without overflow
    meeting = (1 - mu) * playing * (count - playing) / (count * (np.asarray(count) - 1))
    return (
        meeting * copied + mu / 2 * (count - playing) / count,
        meeting * (1 - copied) + mu / 2 * playing / count,
    )


def _lead(matrix: FloatArray, playing: FloatArray, count: Counts | int) -> FloatArray:
    """What the first strategy earns more than the second when nobody plays against oneself."""
    others = count - playing
    first = matrix[0, 0] * (playing - 1) + matrix[0, 1] * others
    second = matrix[1, 0] * playing + matrix[1, 1] * (others - 1)
    lead: FloatArray = (first - second) / (np.asarray(count) - 1)
    return lead


def _leads(matrix: ArrayLike, size: int) -> FloatArray:
    """The first strategy's lead when 1, …, size − 1 play it."""
    game = symmetric_game(matrix)
    _checked_sizes(game, size)
    return _lead(game.tensors[0], np.arange(1, size, dtype=np.float64), size)


def _checked_sizes(game: PopulationGame, sizes: ArrayLike) -> Counts:
    count = np.atleast_1d(np.asarray(sizes, dtype=np.float64))
    if set(game.sizes) != {2} or count.shape != (len(game.sizes),):
        raise BadParameter(
            "sizes",
            Text(
                en="Give one size for each population, and two strategies to each.",
                zh="每个群体给一个规模，且每个群体必须是两种策略。",
            ),
        )
    return np.array([whole("sizes", n, least=2, most=1_000_000) for n in count.tolist()], dtype=np.int64)
