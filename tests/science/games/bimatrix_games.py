"""Games of two players for tests: drawn small and full of ties, or without a tie, and those every textbook has."""

from fractions import Fraction

from hypothesis import strategies as st

Table = list[list[int]]
Game = tuple[Table, Table]

PRISONERS = ([[3, 0], [5, 1]], [[3, 5], [0, 1]])
PENNIES = ([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
SEXES = ([[2, 0], [0, 1]], [[1, 0], [0, 2]])


def table(values: st.SearchStrategy[int], m: int, n: int) -> st.SearchStrategy[Table]:
    return st.lists(st.lists(values, min_size=n, max_size=n), min_size=m, max_size=m)


@st.composite
def tied_games(draw: st.DrawFn, most: int = 4, size: int = 3) -> Game:
    """Whole payoffs in [-size, size]: most of these games are degenerate."""
    m, n = draw(st.integers(1, most)), draw(st.integers(1, most))
    values = st.integers(-size, size)
    return draw(table(values, m, n)), draw(table(values, m, n))


def identity(n: int) -> Table:
    return [[int(i == j) for j in range(n)] for i in range(n)]


def pure(place: int, size: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(k == place)) for k in range(size))
