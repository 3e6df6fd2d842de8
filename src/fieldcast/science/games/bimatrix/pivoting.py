"""One equilibrium by complementary pivoting, in whole numbers and with ties broken lexicographically.

Two tableaux hold the players' best-reply polytopes. Every pure strategy of either player has one label, which is a
column in both: as the strategy itself in its player's tableau, as the slack of its payoff in the other's. The path
starts where nothing is played, where every label is present, gives one label up, and follows the label found twice
until the one given up returns (Lemke and Howson 1964). Breaking ties lexicographically makes a degenerate game behave
like a non-degenerate one beside it, so no corner is met twice and the path ends.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.bimatrix.payoffs import Exact, Payoffs, Strategy, read
from fieldcast.science.games.bimatrix.vertices import positive_rows
from fieldcast.science.text import Text

MOST = 24


@dataclass
class _Tableau:
    """Equations in whole numbers: each row, divided by `scale`, gives its basic label in terms of the others.

    The last entry of a row is its right-hand side. Pivoting divides by the scale before, which always goes evenly
    (Bareiss 1968), so entries stay as short as determinants of the payoffs.
    """

    rows: list[list[int]]
    basis: list[int]
    slack: range
    scale: int = field(default=1)

    def enter(self, label: int) -> int:
        """Bring a label into the basis; the label that leaves."""
        place = self._leaving(label)
        pivot_row = self.rows[place]
        pivot = pivot_row[label]
        for i, row in enumerate(self.rows):
            if i != place:
                factor = row[label]
                self.rows[i] = [
                    (pivot * a - factor * b) // self.scale for a, b in zip(row, pivot_row, strict=True)
                ]
        self.scale = pivot
        leaving, self.basis[place] = self.basis[place], label
        return leaving

    def _leaving(self, label: int) -> int:
        """The row whose ratios, right-hand side first and then slack by slack, are lexicographically least."""
        places = [place for place, row in enumerate(self.rows) if row[label] > 0]
        for column in (-1, *self.slack):
            if len(places) == 1:
                break
            ratios = [Fraction(self.rows[place][column], self.rows[place][label]) for place in places]
            least = min(ratios)
            places = [place for place, ratio in zip(places, ratios, strict=True) if ratio == least]
        return places[0]

    def strategy(self, labels: Iterable[int]) -> Exact:
        """The corner reached, as probabilities of the strategies with these labels."""
        weights = [self.rows[self.basis.index(label)][-1] if label in self.basis else 0 for label in labels]
        total = sum(weights)
        return tuple(Fraction(weight, total) for weight in weights)


def lemke_howson(A: Payoffs, B: Payoffs, label: int = 0) -> tuple[Strategy, Strategy]:
    """One equilibrium (x, y) of the game with payoffs A to the row player and B to the column player.

    A and B have one shape (m, n) with 1 ≤ m, n ≤ 24. `label` chooses the path: 0 … m-1 give up a row, m … m+n-1 a
    column; different labels may lead to the same equilibrium, and some equilibria are reached from none. Exact in
    `Fraction` for whole numbers and fractions; with any float the answer is in floats, read as in `equilibria`.

    Raises `BadParameter` for bad matrices as `equilibria` does, and for a label outside the range.
    """
    game = read(A, B, most=MOST)
    m, n = game.shape
    if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < m + n:
        raise BadParameter(
            "label",
            Text(
                en=f"The label must be a whole number from 0 to {m + n - 1}: a row (0 to {m - 1}) or a column.",
                zh=f"标号应为 0 到 {m + n - 1} 之间的整数：0 到 {m - 1} 是行，其余是列。",
            ),
        )
    rows, columns = range(m), range(m, m + n)
    of_row = _tableau(tuple(zip(*game.B, strict=True)), strategies=rows, slack=columns)
    of_column = _tableau(game.A, strategies=columns, slack=rows)
    here, other = (of_row, of_column) if label in rows else (of_column, of_row)
    found = here.enter(label)
    while found != label:
        here, other = other, here
        found = here.enter(found)
    return game.spoken(of_row.strategy(rows)), game.spoken(of_column.strategy(columns))


def _tableau(payoffs: tuple[Exact, ...], *, strategies: range, slack: range) -> _Tableau:
    """The polytope of one player with nothing played; `payoffs[j]` is what the other gets from its j-th strategy."""
    rows = []
    for place, (bound, row) in enumerate(positive_rows(payoffs)):
        equation = [0] * (len(strategies) + len(slack)) + [bound]
        equation[strategies.start : strategies.stop] = row
        equation[slack[place]] = 1
        rows.append(equation)
    return _Tableau(rows=rows, basis=list(slack), slack=slack)
