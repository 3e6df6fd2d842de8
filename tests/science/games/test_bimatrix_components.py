"""The maximal Nash subsets hold every equilibrium and nothing else, and are grouped as they hang together."""

from fractions import Fraction
from itertools import product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from fieldcast.science.games.bimatrix import NashSubset, Strategy, equilibria
from tests.science.games.bimatrix_by_force import dot, is_equilibrium
from tests.science.games.bimatrix_games import PRISONERS, SEXES, Game, pure, tied_games

Mixed = tuple[Fraction, ...]


def mixture(strategies: tuple[Strategy, ...], weights: list[int]) -> Mixed:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    return tuple(dot(shares, [one[k] for one in strategies]) for k in range(len(strategies[0])))


def is_mixture(point: Mixed, strategies: tuple[Strategy, ...]) -> bool:
    """Whether some mixture of the strategies is the point."""
    equations = [[float(one[k]) for one in strategies] for k in range(len(point))]
    solution = linprog(
        [0.0] * len(strategies),
        A_eq=[*equations, [1.0] * len(strategies)],
        b_eq=[*map(float, point), 1.0],
        method="highs",
    )
    return bool(solution.status == 0)


def grid(size: int, parts: int) -> list[Mixed]:
    """Every strategy whose probabilities are multiples of 1/parts."""
    return [
        tuple(Fraction(k, parts) for k in counts)
        for counts in product(range(parts + 1), repeat=size)
        if sum(counts) == parts
    ]


@given(game=tied_games(most=6, size=1), seed=st.integers(0, 999))
@settings(max_examples=80, deadline=None)
def test_every_mixture_within_a_subset_is_an_equilibrium(game: Game, seed: int) -> None:
    random = Random(seed)
    for subset in equilibria(*game).components:
        x, y = (
            mixture(side, [random.randint(0, 5) + (k == 0) for k in range(len(side))])
            for side in (subset.x, subset.y)
        )
        assert is_equilibrium(*game, x, y)


@given(game=tied_games(most=3, size=1))
@settings(max_examples=40, deadline=None)
def test_every_equilibrium_of_a_grid_lies_in_a_subset(game: Game) -> None:
    A, B = game
    components = equilibria(A, B).components
    pairs = product(grid(len(A), 4), grid(len(A[0]), 4))
    for x, y in [pair for pair in pairs if is_equilibrium(A, B, *pair)][:12]:
        assert any(is_mixture(x, one.x) and is_mixture(y, one.y) for one in components)


@given(game=tied_games(size=1))
@settings(max_examples=80, deadline=None)
def test_no_subset_can_take_one_more_strategy(game: Game) -> None:
    found = equilibria(*game)
    pairs = set(found.extreme)
    xs, ys = {x for x, _ in pairs}, {y for _, y in pairs}
    assert {pair for one in found.components for pair in product(one.x, one.y)} == pairs
    for one in found.components:
        assert not any(all((x, y) in pairs for y in one.y) for x in xs - set(one.x))
        assert not any(all((x, y) in pairs for x in one.x) for y in ys - set(one.y))


@given(game=tied_games(most=5, size=1))
@settings(max_examples=80, deadline=None)
def test_groups_share_nothing_and_subsets_of_a_group_hang_together(game: Game) -> None:
    found = equilibria(*game)
    assert sorted((one.x, one.y) for group in found.connected for one in group) == sorted(
        (one.x, one.y) for one in found.components
    )
    for k, group in enumerate(found.connected):
        assert not any(touch(one, other) for one in group for far in found.connected[:k] for other in far)
        reached, left = [group[0]], list(group[1:])
        while near := [one for one in left if any(touch(one, other) for other in reached)]:
            reached += near
            left = [one for one in left if one not in near]
        assert not left


def touch(one: NashSubset, other: NashSubset) -> bool:
    """Two products of faces meet exactly where they share a corner on both sides."""
    return bool(set(one.x) & set(other.x)) and bool(set(one.y) & set(other.y))


def test_where_nothing_matters_everything_is_an_equilibrium() -> None:
    found = equilibria([[4, 4, 4], [4, 4, 4]], [[0, 0, 0], [0, 0, 0]])
    everything = NashSubset(x=(pure(0, 2), pure(1, 2)), y=(pure(0, 3), pure(1, 3), pure(2, 3)))
    assert found.components == (everything,)
    assert found.connected == ((everything,),)


def test_a_segment_is_given_by_its_ends() -> None:
    # the column player does not care; the row player wants the second row once columns are mixed enough
    found = equilibria([[1, 0], [0, 1]], [[0, 0], [0, 0]])
    half = (Fraction(1, 2), Fraction(1, 2))
    top, bottom = pure(0, 2), pure(1, 2)
    assert found.components == (
        NashSubset(x=(top,), y=(top, half)),
        NashSubset(x=(top, bottom), y=(half,)),
        NashSubset(x=(bottom,), y=(half, bottom)),
    )
    assert len(found.connected) == 1


def test_separate_equilibria_are_separate_groups() -> None:
    assert [len(equilibria(*game).connected) for game in (PRISONERS, SEXES)] == [1, 3]
