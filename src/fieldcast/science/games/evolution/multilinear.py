"""All zeros of a square multilinear system on a product of simplices, by exclusion and proof of uniqueness.

A multilinear function on a product of simplices lies between its values at the corners, so a cell on whose corners one
equation has a single sign holds no zero: such cells are dropped, the others halved. The Krawczyk test (Moore, Kearfott
and Cloud 2009, Introduction to Interval Analysis, ch. 8) on a slightly larger cell proves that it holds one zero alone,
or none. What is left undecided when cells get small are zeros where the system is singular: double zeros and continua.
Rounding is not bounded outward, so the proof is one in floating-point arithmetic.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games.evolution.game import FloatArray

SMALLEST_EDGE = 2.0**-8
MOST_CELLS = 2048
MOST_POLISHED = 256
ENLARGED = 1.125
SIGN = 1e-13  # corner values are of the order of one; below this they are rounding
SINGULAR = 1e-9
NEWTON_STEPS = 60
BoolArray = NDArray[np.bool_]
Corners = tuple[FloatArray, ...]
"""For each group the corners of its simplex in each cell, (c, r, s) barycentric rows."""


@dataclass(frozen=True, eq=False)
class Zeros:
    """`regular` (r, total): zeros proved to exist and to be alone near by. `singular` (q, total): points at which the
    system vanishes with a singular derivative. `complete`: nothing was left unexamined."""

    regular: FloatArray
    singular: FloatArray
    complete: bool


def zeros(equations: FloatArray) -> Zeros:
    """Zeros of E = Σ (s_k − 1) multilinear equations, `equations` (E, s_1, …, s_m), on the product of simplices.

    Each equation is given by its values at the corners. Rows of the answer are barycentric coordinates, group after
    group. Zeros on the border and up to an eighth of a small cell beyond it may be among them: the caller decides.
    """
    largest = abs(equations).reshape(len(equations), -1).max(axis=1)
    scaled = equations / np.where(largest > 0, largest, 1.0).reshape(-1, *[1] * (equations.ndim - 1))
    corners: Corners = tuple(np.eye(size)[None] for size in equations.shape[1:])
    found: list[FloatArray] = []
    while len(corners[0]):
        corners = _possible(scaled, corners)
        proved, undecided = _examine(scaled, corners)
        found.append(_centres(_pick(corners, proved)))
        corners = _pick(corners, undecided)
        if len(corners[0]) > MOST_CELLS or _longest(corners).max(initial=0.0) < SMALLEST_EDGE:
            break
        corners = _halve(corners)
    complete = len(corners[0]) <= MOST_CELLS
    left = _centres(corners)
    polished, ok, _ = _polish(scaled, np.concatenate(found))
    near, near_ok, near_singular = _polish(scaled, left[:: -(-len(left) // MOST_POLISHED) or 1])
    regular = np.concatenate([polished[ok], near[near_ok & ~near_singular]])
    return Zeros(distinct(regular), near[near_ok & near_singular], complete)


def _possible(equations: FloatArray, corners: Corners) -> Corners:
    """The cells on whose corners no equation has a single sign."""
    values = _at(equations, tuple(_enlarge(group) for group in corners))
    flat = values.reshape(*values.shape[:2], -1) if len(values) else np.zeros((0, 1, 1))
    return _pick(corners, ~((flat.min(axis=2) > SIGN) | (flat.max(axis=2) < -SIGN)).any(axis=1))


def _examine(equations: FloatArray, corners: Corners) -> tuple[BoolArray, BoolArray]:
    """Masks of cells: one zero proved, and neither proved nor excluded."""
    if not len(corners[0]):
        return np.zeros(0, dtype=np.bool_), np.zeros(0, dtype=np.bool_)
    values = _at(equations, tuple(_enlarge(group) for group in corners))
    cells, count = values.shape[:2]
    inverse, invertible = _inverse(np.concatenate([d.mean(axis=-1) for d in _slopes(values)], axis=2))
    values = np.einsum("cde,ce...->cd...", inverse, values)  # each equation now tells one coordinate
    flat = values.reshape(cells, count, -1)
    slopes = np.concatenate(
        [np.stack([d.min(axis=-1), d.max(axis=-1)], axis=-1) for d in _slopes(values)], axis=2
    )
    deviation = abs(np.eye(count)[None, :, :, None] - slopes).max(axis=-1)
    sizes = [group.shape[2] for group in corners]
    centre = np.concatenate([np.full(size - 1, 1 / size) for size in sizes])
    radius = deviation @ (1 - centre)
    middle = centre - flat.mean(axis=2)
    low, high = middle - radius, middle + radius
    starts = np.cumsum([0, *[size - 1 for size in sizes[:-1]]])
    inside = (low >= 0).all(axis=1) & (np.add.reduceat(high, starts, axis=1) <= 1).all(axis=1)
    outside = (high < 0).any(axis=1) | (np.add.reduceat(low, starts, axis=1) > 1).any(axis=1)
    outside |= ((flat.min(axis=2) > SIGN) | (flat.max(axis=2) < -SIGN)).any(axis=1)
    return invertible & inside, ~invertible | ~(inside | outside)


def _at(equations: FloatArray, points: Corners) -> FloatArray:
    """The equations at every combination of the points of each group: (c, E, r_1, …, r_m)."""
    values = equations[None]
    for group in points:
        values = np.moveaxis(values, 2, -1)
        turned = group.transpose(0, 2, 1)
        values = values @ turned.reshape(len(group), *[1] * (values.ndim - 3), *turned.shape[1:])
    return values


def _slopes(values: FloatArray) -> list[FloatArray]:
    """Per group the derivatives along its edges from the first corner, at all corners of the others, (c, E, s−1, …)."""
    slopes = []
    for axis in range(2, values.ndim):
        turned = np.moveaxis(values, axis, 2)
        edges = turned[:, :, 1:] - turned[:, :, :1]
        slopes.append(edges.reshape(*edges.shape[:3], -1))
    return slopes


def _inverse(matrices: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Inverses, and which matrices have one; zero where not."""
    u, size, v = np.linalg.svd(matrices)
    invertible = size[:, -1] > SINGULAR * np.maximum(size[:, 0], 1e-300)
    turned = np.where(invertible[:, None], 1 / np.where(size > 0, size, 1.0), 0.0)
    return np.einsum("cji,cj,ckj->cik", v, turned, u), invertible


def _polish(equations: FloatArray, points: FloatArray) -> tuple[FloatArray, BoolArray, BoolArray]:
    """Newton's method (least-norm where singular) from each point: where it ended, whether it is a zero near the start,
    and whether the derivative there is singular."""
    sizes = equations.shape[1:]
    splits = np.cumsum(sizes)[:-1]
    at = points
    steps = [np.hstack([-np.ones((size - 1, 1)), np.eye(size - 1)]) for size in sizes]
    for _ in range(NEWTON_STEPS):
        value, slope = _value_and_slope(equations, at, steps)
        move = np.einsum("cij,cj->ci", np.linalg.pinv(slope, rcond=1e-7), value)
        parts = np.split(move, np.cumsum([size - 1 for size in sizes])[:-1], axis=1)
        at = at - np.concatenate([part @ step for part, step in zip(parts, steps, strict=True)], axis=1)
        if abs(move).max(initial=0.0) < 1e-15:
            break
    value, slope = _value_and_slope(equations, at, steps)
    near = abs(at - points).max(axis=1, initial=0.0) < 0.5
    size = np.linalg.svd(slope, compute_uv=False)
    singular = size[:, -1] <= 1e-6 * np.maximum(size[:, 0], 1e-300)
    inside = np.stack([part.min(axis=1) for part in np.split(at, splits, axis=1)]).min(axis=0) > -1e-2
    return at, (abs(value).max(axis=1) < 1e-10) & near & inside, singular


def _value_and_slope(
    equations: FloatArray, at: FloatArray, steps: list[FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """The equations (c, E) and their derivative (c, E, E) at points (c, total)."""
    points = tuple(part[:, None] for part in np.split(at, np.cumsum(equations.shape[1:])[:-1], axis=1))
    value = _at(equations, points).reshape(len(at), len(equations))
    slopes = []
    for k, step in enumerate(steps):
        rows = np.broadcast_to(step, (len(at), *step.shape))
        slopes.append(_at(equations, (*points[:k], rows, *points[k + 1 :])).reshape(*value.shape, len(step)))
    return value, np.concatenate(slopes, axis=2)


def _enlarge(corners: FloatArray) -> FloatArray:
    centre: FloatArray = corners.mean(axis=1, keepdims=True)
    return centre + ENLARGED * (corners - centre)


def _centres(corners: Corners) -> FloatArray:
    return np.concatenate([group.mean(axis=1) for group in corners], axis=1)


def _pick(corners: Corners, mask: BoolArray) -> Corners:
    return tuple(group[mask] for group in corners)


def _edges(group: FloatArray) -> FloatArray:
    """Lengths of all edges of each simplex, (c, s, s)."""
    lengths: FloatArray = np.linalg.norm(group[:, :, None] - group[:, None, :], axis=-1)
    return lengths


def _longest(corners: Corners) -> FloatArray:
    """The longest edge of each cell in each group, (c, m)."""
    return np.stack([_edges(group).max(axis=(1, 2)) for group in corners], axis=1)


def _halve(corners: Corners) -> Corners:
    """Every cell cut in two across its longest edge."""
    group_cut = _longest(corners).argmax(axis=1)
    first, second = [group.copy() for group in corners], [group.copy() for group in corners]
    for k, group in enumerate(corners):
        rows = np.flatnonzero(group_cut == k)
        size = group.shape[1]
        edge = _edges(group[rows]).reshape(len(rows), size * size).argmax(axis=1)
        a, b = edge // size, edge % size
        middle = (group[rows, a] + group[rows, b]) / 2
        first[k][rows, b] = middle
        second[k][rows, a] = middle
    return tuple(np.concatenate([one, two]) for one, two in zip(first, second, strict=True))


def distinct(points: FloatArray) -> FloatArray:
    """One of each, in lexicographic order."""
    kept: list[FloatArray] = []
    for point in points[np.lexsort(points.T[::-1])]:
        if all(abs(point - other).max() > 1e-7 for other in kept):
            kept.append(point)
    return np.array(kept).reshape(-1, points.shape[1])
