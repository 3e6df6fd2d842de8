"""Population games: who plays, with which strategies, and what each strategy earns in a given state.

A state is one row of shares, the populations one after the other; the shares of a population are never negative and sum
to one. Payoffs are either constant (one tensor per population) or a rule of the state. A game never changes once made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

FloatArray = NDArray[np.float64]
Rule = Callable[[tuple[FloatArray, ...]], tuple[FloatArray, ...]]
"""Shares of each population, arrays (m, s_k), to what each strategy earns, arrays (m, s_k)."""

SHARES_SUM_TO_ONE = 1e-9


@dataclass(frozen=True, eq=False)
class PopulationGame:
    """n populations; population k has `sizes[k]` strategies.

    `tensors` holds one payoff tensor per population, all of shape `sizes` (one square matrix where a single population
    plays against itself: `symmetric`). It is empty where payoffs come from `rule`. `populations` and `strategies` are
    the names to show. Make one with the functions of `making`, which check
    it.
    """

    sizes: tuple[int, ...]
    tensors: tuple[FloatArray, ...]
    rule: Rule | None
    symmetric: bool
    populations: tuple[Text, ...]
    strategies: tuple[tuple[Text, ...], ...]

    @property
    def total(self) -> int:
        """How many shares a state has."""
        return sum(self.sizes)

    @cached_property
    def slices(self) -> tuple[slice, ...]:
        """Where each population stands in a state."""
        ends = np.cumsum(self.sizes)
        return tuple(slice(int(end) - size, int(end)) for end, size in zip(ends, self.sizes, strict=True))

    @cached_property
    def together(self) -> FloatArray:
        """(total, total) ones where two strategies belong to one population: `together @ x` sums each population."""
        owner = np.repeat(np.arange(len(self.sizes)), self.sizes)
        same: FloatArray = (owner[:, None] == owner[None, :]).astype(np.float64)
        return same

    def payoffs(self, states: ArrayLike) -> FloatArray:
        """What each strategy earns: states (..., total) to payoffs (..., total)."""
        x = np.asarray(states, dtype=np.float64)
        earned: FloatArray = self.earning(x.reshape(-1, self.total).T).T.reshape(x.shape)
        return earned

    def velocity(self, states: ArrayLike) -> FloatArray:
        """The replicator equation dx_i/dt = x_i (f_i(x) − Σ_j x_j f_j(x)), sum within the population: same shape.

        Taylor and Jonker (1978), Evolutionary stable strategies and game dynamics; several populations: Hofbauer and
        Sigmund (1998), Evolutionary Games and Population Dynamics, ch. 10.
        """
        x = np.asarray(states, dtype=np.float64)
        f = self.payoffs(x)
        change: FloatArray = x * (f - (x * f) @ self.together)
        return change

    @cached_property
    def earning(self) -> Callable[[FloatArray], FloatArray]:
        """The payoffs as a function of states that stand in columns, (total, m) to (total, m): the fast inner form."""
        if self.rule is not None:
            return _rule_in_columns(self.rule, self.slices)
        if len(self.sizes) <= 2:
            matrix = self._joint_matrix()
            return lambda columns: matrix @ columns
        return self._contract

    @cached_property
    def spread(self) -> float:
        """Largest difference between payoffs within a population (at the vertices); 1 where nothing ever differs.

        Its inverse is the game's own unit of time: shares change by a fixed factor in about that long.
        """
        if self.tensors:
            widest = max(float(np.ptp(tensor)) for tensor in self.tensors)
        else:
            f = self.payoffs(self.vertices())
            widest = max(float(np.ptp(f[:, part])) for part in self.slices)
        return widest if widest > 0 else 1.0

    def vertices(self) -> FloatArray:
        """Every state in which each population plays one strategy, (∏ s_k, total)."""
        choices = np.indices(self.sizes).reshape(len(self.sizes), -1)
        offsets = np.cumsum([0, *self.sizes[:-1]])
        states = np.zeros((choices.shape[1], self.total))
        np.put_along_axis(states, (choices + offsets[:, None]).T, 1.0, axis=1)
        return states

    def state(self, *shares: ArrayLike) -> FloatArray:
        """One checked state (total,) out of the shares of each population."""
        row = np.concatenate([np.atleast_1d(np.asarray(share, dtype=np.float64)) for share in shares])
        one: FloatArray = self.checked_states(row, parameter="shares")[0]
        return one

    def states_of_first(self, first: ArrayLike, *, parameter: str = "first") -> FloatArray:
        """Checked states (m, 2n) from each population's share of the first of its two strategies, (m, n)."""
        if set(self.sizes) != {2}:
            raise BadParameter(
                parameter,
                Text(
                    en="The share of one strategy tells the rest only where every population has two.",
                    zh="只有每个群体都是两种策略时，才能由一种策略的占比推出另一种。",
                ),
            )
        x = np.atleast_2d(np.asarray(first, dtype=np.float64))
        both = np.stack([x, 1 - x], axis=-1).reshape(len(x), 2 * x.shape[-1])
        return self.checked_states(both, parameter=parameter)

    def checked_states(self, states: ArrayLike, *, parameter: str = "starts") -> FloatArray:
        """States as rows (m, total), each population's shares made to sum to one exactly to rounding.

        Raises `BadParameter` for another shape, a number that is not finite, a negative share, or shares whose sum is
        off by more than 1e-9.
        """
        x = np.atleast_2d(np.asarray(states, dtype=np.float64))
        if x.ndim != 2 or x.shape[1] != self.total or not len(x):
            raise BadParameter(
                parameter,
                Text(
                    en=f"A state of this game has {self.total} shares; the array given has shape {x.shape}.",
                    zh=f"此博弈的一个状态有 {self.total} 个占比；给出的数组形状是 {x.shape}。",
                ),
            )
        sums = x @ self.together
        if not np.isfinite(x).all() or (x < 0).any() or (abs(sums - 1) > SHARES_SUM_TO_ONE).any():
            raise BadParameter(
                parameter,
                Text(
                    en="Shares must lie between 0 and 1 and sum to 1 in every population.",
                    zh="占比必须在 0 到 1 之间，且每个群体内合计为 1。",
                ),
            )
        checked: FloatArray = x / sums
        return checked

    def _joint_matrix(self) -> FloatArray:
        if self.symmetric:
            return self.tensors[0]
        first, second = self.slices
        matrix = np.zeros((self.total, self.total))
        matrix[first, second] = self.tensors[0]
        matrix[second, first] = self.tensors[1].T
        return matrix

    def _contract(self, columns: FloatArray) -> FloatArray:
        shares = [columns[part] for part in self.slices]
        earned = np.empty_like(columns)
        for k, (tensor, part) in enumerate(zip(self.tensors, self.slices, strict=True)):
            others = [share for j, share in enumerate(shares) if j != k]
            left = np.moveaxis(tensor, k, 0)
            left = left.reshape(tensor.size // len(others[-1]), len(others[-1])) @ others[-1]
            for share in reversed(others[:-1]):
                left = (left.reshape(len(left) // len(share), *share.shape) * share).sum(axis=1)
            earned[part] = left
        return earned


def _rule_in_columns(rule: Rule, slices: tuple[slice, ...]) -> Callable[[FloatArray], FloatArray]:
    def earning(columns: FloatArray) -> FloatArray:
        earned = rule(tuple(columns[part].T for part in slices))
        return np.concatenate([np.asarray(part, dtype=np.float64).T for part in earned])

    return earning
