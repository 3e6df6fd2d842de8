"""All equilibria of a game of two players, from the two payoff matrices.

Whole numbers and fractions are solved without rounding: what is returned satisfies every best-reply condition exactly,
and nothing is missing, in degenerate games too. Payoffs given as floats are read as the simplest fractions within
`TOLERANCE` of them, solved exactly, and answered in floats.

| function | what it answers |
|---|---|
| `equilibria` | every extreme equilibrium of a game up to 8×8 and the sets they span |
| `equilibria_2x2` | the same for any number of 2×2 games at once, in arrays |
| `lemke_howson` | one equilibrium, of a game up to 24×24 |

`A[i][j]` is what the row player gets and `B[i][j]` what the column player gets when row i meets column j.
"""

from fieldcast.science.games.bimatrix.payoffs import TOLERANCE, Bimatrix, Payoffs, Strategy, read
from fieldcast.science.games.bimatrix.pivoting import lemke_howson
from fieldcast.science.games.bimatrix.solve import Equilibria, NashSubset, equilibria
from fieldcast.science.games.bimatrix.two_by_two import Equilibria2x2, equilibria_2x2

__all__ = [
    "TOLERANCE",
    "Bimatrix",
    "Equilibria",
    "Equilibria2x2",
    "NashSubset",
    "Payoffs",
    "Strategy",
    "equilibria",
    "equilibria_2x2",
    "lemke_howson",
    "read",
]
