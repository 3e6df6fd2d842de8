"""The embedded Runge–Kutta pair of Dormand and Prince (1980), of order 5 with an error estimate of order 4.

Its polynomial inside a step, of order 4, is that of Shampine (1986) in the form of Hairer, Nørsett and Wanner (1993,
Solving Ordinary Differential Equations I, section II.6). Fractions as published.
"""

from fractions import Fraction

import numpy as np

from fieldcast.science.games.evolution.game import FloatArray


def _row(fractions: str, length: int) -> FloatArray:
    numbers = [float(Fraction(part)) for part in fractions.split()]
    return np.array(numbers + [0.0] * (length - len(numbers)))


STAGES: FloatArray = np.array(
    [
        _row("0", 5),
        _row("1/5", 5),
        _row("3/40 9/40", 5),
        _row("44/45 -56/15 32/9", 5),
        _row("19372/6561 -25360/2187 64448/6561 -212/729", 5),
        _row("9017/3168 -355/33 46732/5247 49/176 -5103/18656", 5),
    ]
)
"""Row s: how slopes 0, …, s − 1 lead to the state at which slope s is taken."""

WEIGHTS = _row("35/384 0 500/1113 125/192 -2187/6784 11/84", 6)
"""How the six slopes make the step; the seventh slope is the first of the next step."""

ERROR = _row("-71/57600 0 71/16695 -71/1920 17253/339200 -22/525 1/40", 7)
"""How all seven slopes make the difference to the result of order 4."""


def _dense() -> FloatArray:
    """(7, 4): coefficients of θ, …, θ⁴ for each slope, θ the fraction of the step.

    y(θ) = y0 + h [θ b + θ(1−θ)(e₁−b) + θ²(1−θ)(2b−e₁−e₇) + θ²(1−θ)² d], sorted by powers.
    """
    step, first, last = np.append(WEIGHTS, 0.0), np.eye(7)[0], np.eye(7)[6]
    correction = _row(
        "-12715105075/11282082432 0 87487479700/32700410799 -10690763975/1880347072 "
        "701980252875/199316789632 -1453857185/822651844 69997945/29380423",
        7,
    )
    bend = 2 * step - first - last
    return np.stack([first, step - first + bend + correction, -bend - 2 * correction, correction], axis=1)


DENSE = _dense()
