"""Population games out of payoff tensors, a matrix, or a rule of the state; refused where they make no game."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.evolution.game import FloatArray, PopulationGame, Rule
from fieldcast.science.text import Text


def constant_game(
    *tensors: ArrayLike,
    populations: Sequence[Text] | None = None,
    strategies: Sequence[Sequence[Text]] | None = None,
) -> PopulationGame:
    """A game between two or more populations: `tensors[k][i1, …, in]` is what population k earns when strategies meet.

    Every tensor has the shape (s_1, …, s_n), n = how many there are. Raises `BadParameter` for fewer than two tensors,
    another shape, or a payoff that is not finite.
    """
    checked = tuple(_finite(tensor, "tensors") for tensor in tensors)
    shapes = {tensor.shape for tensor in checked}
    if len(checked) < 2 or len(shapes) != 1 or checked[0].ndim != len(checked) or 0 in checked[0].shape:
        raise BadParameter(
            "tensors",
            Text(
                en="Give one payoff tensor per population, at least two, all of shape (s1, …, sn); "
                f"these have the shapes {sorted(shapes)}.",
                zh=f"每个群体给一个收益张量，至少两个，形状都是 (s1, …, sn)；现有形状为 {sorted(shapes)}。",
            ),
        )
    return _named(checked[0].shape, checked, None, False, populations, strategies)


def symmetric_game(
    matrix: ArrayLike, *, population: Text | None = None, strategies: Sequence[Text] | None = None
) -> PopulationGame:
    """One population that plays against itself: `matrix[i, j]` is what strategy i earns against j. Square, finite."""
    checked = _finite(matrix, "matrix")
    if checked.ndim != 2 or checked.shape[0] != checked.shape[1] or not checked.size:
        raise BadParameter(
            "matrix",
            Text(
                en=f"One population playing itself needs a square matrix; this one has shape {checked.shape}.",
                zh=f"单一群体内部博弈需要方阵；现有形状为 {checked.shape}。",
            ),
        )
    return _named(
        checked.shape[:1],
        (checked,),
        None,
        True,
        None if population is None else (population,),
        None if strategies is None else (strategies,),
    )


def rule_game(
    rule: Rule,
    *,
    sizes: Sequence[int],
    populations: Sequence[Text] | None = None,
    strategies: Sequence[Sequence[Text]] | None = None,
) -> PopulationGame:
    """A game whose payoffs are any smooth rule of the state, such as a penalty that rises with dishonesty.

    `rule` gets the shares of every population, arrays (m, s_k) for m states at once, and returns what each strategy
    earns, arrays of the same shapes. It must also answer a little outside the simplex (shares of −0.002, say), where
    derivatives at the border are taken. Raises `BadParameter` for sizes below one or a rule that returns other shapes.
    """
    if not sizes or any(int(size) < 1 for size in sizes):
        raise BadParameter(
            "sizes",
            Text(en="Every population needs at least one strategy.", zh="每个群体至少要有一种策略。"),
        )
    shape = tuple(int(size) for size in sizes)
    trial = tuple(np.full((2, size), 1 / size) for size in shape)
    answer = tuple(np.asarray(earned) for earned in rule(trial))
    if [earned.shape for earned in answer] != [share.shape for share in trial] or not all(
        np.isfinite(earned).all() for earned in answer
    ):
        raise BadParameter(
            "rule",
            Text(
                en="The rule must return, for each population, one finite payoff for every strategy and state.",
                zh="收益规则必须对每个群体的每种策略、每个状态都给出一个有限的收益。",
            ),
        )
    return _named(shape, (), rule, False, populations, strategies)


def _finite(payoffs: ArrayLike, parameter: str) -> FloatArray:
    checked = np.array(payoffs, dtype=np.float64)
    if not np.isfinite(checked).all():
        raise BadParameter(
            parameter, Text(en="Every payoff must be a finite number.", zh="每个收益都必须是有限的数。")
        )
    checked.flags.writeable = False
    return checked


def _named(
    sizes: tuple[int, ...],
    tensors: tuple[FloatArray, ...],
    rule: Rule | None,
    symmetric: bool,
    populations: Sequence[Text] | None,
    strategies: Sequence[Sequence[Text]] | None,
) -> PopulationGame:
    """The game with the names given, or numbered ones."""
    people = populations or [Text(en=f"population {k + 1}", zh=f"群体{k + 1}") for k in range(len(sizes))]
    moves = strategies or [
        [Text(en=f"strategy {i + 1}", zh=f"策略{i + 1}") for i in range(size)] for size in sizes
    ]
    if len(people) != len(sizes) or [len(names) for names in moves] != list(sizes):
        raise BadParameter(
            "strategies",
            Text(
                en=f"Names must match the game: {len(sizes)} populations with {list(sizes)} strategies.",
                zh=f"名称须与博弈一致：{len(sizes)} 个群体，策略数为 {list(sizes)}。",
            ),
        )
    return PopulationGame(
        sizes=sizes,
        tensors=tensors,
        rule=rule,
        symmetric=symmetric,
        populations=tuple(people),
        strategies=tuple(tuple(names) for names in moves),
    )
