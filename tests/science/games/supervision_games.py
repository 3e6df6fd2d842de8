"""Supervision games for property tests: small whole numbers, so that boundaries come up often."""

from fractions import Fraction

from hypothesis import strategies as st

from fieldcast.science.games.supervision import SupervisionGame


def _game(
    income: int, harm: int, C: int, F: int, L: int, G: int, cost: int, gain: int, unit: int
) -> SupervisionGame:
    def money(amount: int) -> Fraction:
        return Fraction(amount, unit)

    return SupervisionGame(
        R1=money(income + harm),
        R2=money(income),
        C=money(C),
        F=money(F),
        L=money(L),
        G=money(G),
        H1=money(cost + gain),
        H2=money(cost),
    )


SMALL = st.integers(0, 6)
GAMES = st.builds(
    _game,
    income=st.integers(-5, 20),
    harm=st.integers(1, 6),
    C=SMALL,
    F=SMALL,
    L=SMALL,
    G=st.integers(-5, 20),
    cost=st.integers(-3, 10),
    gain=st.integers(1, 6),
    unit=st.sampled_from((1, 3, 10)),
)
"""Games in exact numbers; in about half of them something is at a boundary."""
