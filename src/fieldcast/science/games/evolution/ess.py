"""Evolutionarily stable strategies of one population that plays against itself.

p is an ESS when it is a best reply to itself and does better against every other best reply than that does against
itself (Maynard Smith and Price 1973). Haigh (1975) turns this into the strict copositivity of a small matrix.
"""

from itertools import combinations

import numpy as np

from fieldcast.science.games.evolution.game import FloatArray

EQUAL = 1e-9


def is_ess(matrix: FloatArray, shares: FloatArray) -> bool:
    """Whether `shares` (s,) is an ESS of the symmetric game `matrix` (s, s); payoffs within 1e-9 of the spread tie."""
    spread = max(float(np.ptp(matrix)), 1e-300)
    a = matrix / spread
    earned = a @ shares
    best = earned.max()
    if (earned[shares > 0] < best - EQUAL).any():
        return False
    played = np.flatnonzero(shares > 0)
    others = np.flatnonzero((shares <= 0) & (earned >= best - EQUAL))
    reference, free = played[0], played[1:]
    rest = np.concatenate([free, others])
    # quadratic form of −(x−p)·A(x−p) once the reference's share is replaced by one minus the others'
    form = a[np.ix_(rest, rest)] - a[rest, reference][:, None] - a[reference, rest] + a[reference, reference]
    return _strictly_copositive(-(form + form.T) / 2, free=len(free))


def _strictly_copositive(form: FloatArray, *, free: int) -> bool:
    """Whether z·form·z > 0 for every z ≠ 0 whose entries from `free` on are not negative; the first ones are free."""
    block = form[:free, :free]
    if free and np.linalg.eigvalsh(block).min() <= EQUAL:
        return False
    if len(form) == free:
        return True
    cross = form[:free, free:]
    reduced = form[free:, free:] - cross.T @ (np.linalg.solve(block, cross) if free else cross)
    return all(
        _decisive(reduced[np.ix_(chosen, chosen)])
        for size in range(1, len(reduced) + 1)
        for chosen in combinations(range(len(reduced)), size)
    )


def _decisive(principal: FloatArray) -> bool:
    """Keller's criterion (Hadeler 1983, On copositive matrices) for one principal submatrix: a positive determinant
    wherever all cofactors of its last row are positive."""
    last = len(principal) - 1
    minors = [np.linalg.det(np.delete(principal[:last], column, axis=1)) for column in range(last + 1)]
    cofactors = [(-1) ** (last + column) * minor for column, minor in enumerate(minors)]
    if last and min(cofactors) <= EQUAL:
        return True
    return float(np.linalg.det(principal)) > EQUAL
