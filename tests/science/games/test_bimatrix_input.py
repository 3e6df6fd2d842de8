"""Tables that are no game are refused, with the table named and the range allowed."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.bimatrix import equilibria, lemke_howson

GOOD = [[1, 2], [3, 4]]


@pytest.mark.parametrize("solve", [equilibria, lemke_howson])
@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ([], "1 to"),
        ([[]], "1 to"),
        ([[], []], "1 to"),
        ([1, 2], "1 to"),
        (7, "1 to"),
        (None, "1 to"),
        ("12", "1 to"),
        (["12", "34"], "1 to"),
        ({"a": [1]}, "1 to"),
        (np.array(3), "1 to"),
        (np.zeros((25, 2)), "1 to"),
        (np.zeros((2, 25)), "1 to"),
        ([[1, 2], [3]], "different lengths (1 to 2)"),
        ([[1, 2], [3, float("nan")]], "Row 2, column 2"),
        ([[1, float("inf")], [3, 4]], "Row 1, column 2"),
        ([[1, -np.inf], [3, 4]], "Row 1, column 2"),
        ([[1, 2], ["3", 4]], "Row 2, column 1"),
        ([[1, 2], [None, 4]], "Row 2, column 1"),
        ([[1j, 2], [3, 4]], "Row 1, column 1"),
        ([[10**100, 2], [3, 4]], "Row 1, column 1"),
        ([[Fraction(1, 10**100), 2], [3, 4]], "Row 1, column 1"),
        (np.zeros((2, 2, 2)), "Row 1, column 1"),
    ],
)
def test_what_is_no_table_of_finite_numbers_is_refused(
    solve: Callable[..., object], bad: object, said: str
) -> None:
    for A, B, name in ((bad, GOOD, "A"), (GOOD, bad, "B")):
        with pytest.raises(BadParameter) as refused:
            solve(A, B)
        assert refused.value.parameter == name
        assert said in str(refused.value)
        assert name in refused.value.text.zh


def test_tables_of_two_shapes_are_refused() -> None:
    with pytest.raises(BadParameter, match="A is 2×2 but B is 1×2"):
        equilibria(GOOD, [[1, 2]])


def test_more_than_eight_strategies_are_refused_for_all_equilibria() -> None:
    with pytest.raises(BadParameter, match="1 to 8 rows"):
        equilibria(np.eye(9), np.eye(9))


@pytest.mark.parametrize("kind", ["int8", "int64", "uint8"])
def test_numpy_integers_are_exact_and_do_not_wrap_around(kind: str) -> None:
    A = np.array([[127, 0], [100, 120]], dtype=kind)
    found = equilibria(A, A)
    assert found == equilibria(A.tolist(), A.tolist())
    assert found.exact
    assert found.extreme[1][0] == (Fraction(20, 147), Fraction(127, 147))
