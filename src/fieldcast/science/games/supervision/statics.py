"""How the equilibrium moves when a parameter does: every derivative in closed form, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.games.supervision import regimes
from fieldcast.science.games.supervision.checks import PARAMETERS
from fieldcast.science.games.supervision.regimes import CODES, Regime

Floats = NDArray[np.float64]
QUANTITIES = ("honesty", "supervision", "host", "farmer", "welfare")
WHERE_SUPERVISED = {
    ("host", "G"): 1,
    ("host", "H2"): -1,
    ("host", "F"): -1,
    ("farmer", "R2"): 1,
    ("farmer", "C"): -1,
    ("farmer", "F"): 1,
}
WHERE_UNSUPERVISED = {("host", "G"): 1, ("host", "H2"): -1, ("farmer", "R2"): 1, ("farmer", "L"): -1}


@dataclass(frozen=True)
class Statics:
    """Derivatives of the equilibrium of a supervision game.

    `values` has the shape (..., 5, 8): quantity by parameter, in the order of `QUANTITIES` and `PARAMETERS`. NaN where
    the derivative does not exist: on a boundary that the parameter moves, where the equilibrium jumps.
    """

    values: Floats

    def value(self, quantity: str, parameter: str) -> float | Floats:
        """The derivative of one quantity with respect to one parameter: a float, or an array for a game of arrays."""
        found = self.values[..., QUANTITIES.index(quantity), PARAMETERS.index(parameter)]
        return float(found) if found.ndim == 0 else found

    def sign(self, quantity: str, parameter: str) -> float | Floats:
        """−1, 0 or 1: whether the quantity falls, stays or rises with the parameter; NaN where undefined."""
        found = np.sign(self.value(quantity, parameter))
        return float(found) if np.ndim(found) == 0 else found


def derivatives(parameters: Mapping[str, Floats], codes: NDArray[np.int8]) -> Floats:
    """The array of `Statics.values` for float parameters broadcast to the shape of `codes`.

    Where both mix: honesty 1−C/(F+L), supervision (H1−H2)/F, host G−H1, farmer R1−(R1−R2+L)·C/(F+L).
    """
    entries = np.zeros(
        (len(QUANTITIES), len(PARAMETERS), *codes.shape)
    )  # untouched entries then cost no memory
    mixed = (codes == regimes.MIXED) | (codes == regimes.FREE)
    supervised = np.isin(codes, regimes.ALWAYS_SUPERVISED)
    _set(entries, mixed, _where_mixed(parameters))
    _set(entries, supervised, WHERE_SUPERVISED)
    _set(entries, ~mixed & ~supervised, WHERE_UNSUPERVISED)
    host, farmer, welfare = (QUANTITIES.index(name) for name in ("host", "farmer", "welfare"))
    np.add(entries[host], entries[farmer], out=entries[welfare])
    _forget_jumps(entries, codes)
    return np.moveaxis(entries, (0, 1), (-2, -1))


def _where_mixed(cell: Mapping[str, Floats]) -> dict[tuple[str, str], float | Floats]:
    stake = cell["F"] + cell["L"]
    gain = cell["H1"] - cell["H2"]
    harm = cell["R1"] - cell["R2"] + cell["L"]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        dishonesty = cell["C"] / stake
        return {
            ("honesty", "C"): -1 / stake,
            ("honesty", "F"): dishonesty / stake,
            ("honesty", "L"): dishonesty / stake,
            ("supervision", "F"): -gain / cell["F"] ** 2,
            ("supervision", "H1"): 1 / cell["F"],
            ("supervision", "H2"): -1 / cell["F"],
            ("host", "G"): 1.0,
            ("host", "H1"): -1.0,
            ("farmer", "R1"): 1 - dishonesty,
            ("farmer", "R2"): dishonesty,
            ("farmer", "C"): -harm / stake,
            ("farmer", "F"): dishonesty * harm / stake,
            ("farmer", "L"): dishonesty * (harm / stake - 1),
        }


def _set(entries: Floats, where: NDArray[np.bool_], values: Mapping[tuple[str, str], float | Floats]) -> None:
    for (quantity, parameter), value in values.items():
        np.copyto(entries[QUANTITIES.index(quantity), PARAMETERS.index(parameter), ...], value, where=where)


def _forget_jumps(entries: Floats, codes: NDArray[np.int8]) -> None:
    """A parameter that moves a boundary takes the equilibrium from one side of it to the other: no derivative there."""
    cost_at_stake = np.isin(
        codes,
        [
            CODES[Regime.COST_AT_STAKE],
            CODES[Regime.UNDETERRABLE_COST_AT_STAKE],
            CODES[Regime.FINE_AT_GAIN_COST_AT_STAKE],
        ],
    )
    for where, moved in (
        (cost_at_stake, ("C", "F", "L")),
        (codes == CODES[Regime.FINE_AT_GAIN], ("F", "H1", "H2")),
    ):
        for parameter in moved:
            entries[:, PARAMETERS.index(parameter), where] = np.nan
