"""The supervision game of one set of parameters, or of whole arrays of them at once."""

from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games import bimatrix
from fieldcast.science.games.supervision import checks, regimes, sentences, statics
from fieldcast.science.games.supervision.checks import PARAMETERS, Parameter, Value
from fieldcast.science.games.supervision.payoffs import Form, matrices, mean, stack
from fieldcast.science.games.supervision.regimes import Regime
from fieldcast.science.text import Text

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Expected:
    """Expected payoffs of the two players, in the unit of the parameters."""

    host: Value
    farmer: Value


@dataclass(frozen=True)
class SupervisionGame:
    """A host who sells honestly or not, and a farmer who supervises or not (paper §2.2, in the unit of money you use).

    Each parameter is a number or an array; arrays broadcast together. Whole numbers and `Fraction`s are compared
    exactly, floats within rounding; beside an array everything is a float. `BadParameter` is raised, naming the
    parameter, for anything not finite and for what breaks the paper's assumptions.

    - `R1`, `R2`: the farmer's income from an honest and from a dishonest host, R2 < R1
    - `C`: what supervising costs the farmer, C ≥ 0
    - `F`: the fine that a dishonest host pays the farmer when supervised, F ≥ 0
    - `L`: what the farmer loses to a dishonest host whom nobody supervised, L ≥ 0
    - `G`: the host's fixed fee
    - `H1`, `H2`: the host's cost of selling honestly and dishonestly, H2 < H1
    """

    R1: Parameter
    R2: Parameter
    C: Parameter
    F: Parameter
    L: Parameter
    G: Parameter
    H1: Parameter
    H2: Parameter

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, checks.as_parameter(field.name, getattr(self, field.name)))
        self._no_fractions_beside_arrays()
        checks.check_shapes(self.parameters)
        checks.check_assumptions(self.parameters)

    @property
    def parameters(self) -> dict[str, Parameter]:
        """The eight parameters by name, as they were given."""
        return {name: getattr(self, name) for name in PARAMETERS}

    @property
    def floats(self) -> dict[str, Floats]:
        """The eight parameters by name as arrays of float64, each of its own shape."""
        return {name: np.asarray(value, dtype=np.float64) for name, value in self.parameters.items()}

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape all parameters broadcast to; `()` for one game."""
        return checks.check_shapes(self.parameters)

    def with_(self, **changes: Any) -> "SupervisionGame":
        """The same game with some parameters changed. Raises `BadParameter` for a name that is not a parameter."""
        for name in changes:
            if name not in PARAMETERS:
                raise BadParameter(
                    name,
                    Text(
                        en=f"{name} is not a parameter of the game; they are {', '.join(PARAMETERS)}",
                        zh=f"{name} 不是这个博弈的参数；参数有 {'、'.join(PARAMETERS)}",
                    ),
                )
        return replace(self, **changes)

    def payoffs(self, form: Form = "derived") -> tuple[Floats, Floats]:
        """Payoffs of host and farmer, each of the shape (..., 2, 2).

        Rows: the host is honest, dishonest. Columns: the farmer supervises, does not. `derived` is the matrix that the
        paper's equation (2) follows from: an honest host bears H1 in both columns, a dishonest one H2. `printed` is
        Table 1 as it stands, with H2 for the honest unsupervised host and H1 for the dishonest supervised one.
        """
        host, farmer = matrices(self.floats, form)
        return stack(host, self.shape), stack(farmer, self.shape)

    @property
    def regime_codes(self) -> NDArray[np.int8]:
        """The code of each game's regime (`Regime.of` names it), of the shape of the game."""
        codes = regimes.code_of(C=self.C, F=self.F, L=self.L, H1=self.H1, H2=self.H2)
        return codes if codes.shape == self.shape else np.broadcast_to(codes, self.shape)

    @property
    def regime(self) -> Regime | NDArray[np.int8]:
        """The regime of one game; for arrays their codes, see `regime_codes`."""
        codes = self.regime_codes
        return Regime.of(int(codes)) if codes.ndim == 0 else codes

    @property
    def honesty(self) -> Value:
        """The probability that the host is honest: 1 − C/(F+L) where both mix (eq. 4).

        On a boundary with many equilibria: the least honesty among them.
        """
        return _plain(self._solve()[0])

    @property
    def supervision(self) -> Value:
        """The probability that the farmer supervises: (H1−H2)/F where both mix (eq. 2).

        On a boundary with many equilibria: the least supervision among those of least honesty.
        """
        return _plain(self._solve()[1])

    def expected(
        self,
        *,
        honesty: ArrayLike | None = None,
        supervision: ArrayLike | None = None,
        form: Form = "derived",
    ) -> Expected:
        """Expected payoffs E1 and E2 (eq. 1 and 3), at the equilibrium or at the probabilities given (each in 0..1)."""
        honest, supervised = self._solve()
        p = honest if honesty is None else checks.as_probability("honesty", honesty)
        q = supervised if supervision is None else checks.as_probability("supervision", supervision)
        host, farmer = (mean(matrix, p, q) for matrix in matrices(self.floats, form))
        return Expected(host=_plain(host), farmer=_plain(farmer))

    def welfare(self) -> Value:
        """The two expected payoffs together; the fine cancels out, and consumers are not counted."""
        expected = self.expected()
        return expected.host + expected.farmer

    def statics(self) -> statics.Statics:
        """Every derivative of honesty, supervision, both payoffs and welfare with respect to every parameter."""
        cells = {name: np.broadcast_to(value, self.shape) for name, value in self.floats.items()}
        return statics.Statics(values=statics.derivatives(cells, self.regime_codes))

    @property
    def sentence(self) -> Text:
        """What the regime means, with the numbers. One game only: `BadParameter` for arrays."""
        self._only_one()
        return sentences.explain(self)

    def equilibria(self, form: Form = "derived") -> bimatrix.Equilibria:
        """All equilibria of one game, exactly: a float counts as the decimal it is written as.

        `BadParameter` for arrays. On a boundary that floats meet only within rounding, F or C is set onto it first.
        """
        self._only_one()
        host, farmer = matrices(self._exact(), form)
        return bimatrix.equilibria(host, farmer)

    def _no_fractions_beside_arrays(self) -> None:
        if any(isinstance(value, np.ndarray) for value in self.parameters.values()):
            for name, value in self.parameters.items():
                if isinstance(value, Fraction):
                    object.__setattr__(self, name, float(value))

    def _only_one(self) -> None:
        for name, value in self.parameters.items():
            if isinstance(value, np.ndarray):
                raise BadParameter(
                    name,
                    Text(
                        en=f"{name} must be one number here, not an array",
                        zh=f"{name} 在这里只能是一个数，不能是数组",
                    ),
                )

    def _exact(self) -> dict[str, Fraction]:
        exact = {
            name: Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
            for name, value in self.parameters.items()
            if not isinstance(value, np.ndarray)
        }
        fine, cost = divmod(int(self.regime_codes), 3)
        if fine == 1:
            exact["F"] = exact["H1"] - exact["H2"]
        if cost == 1:
            exact["C"] = exact["F"] + exact["L"]
        return exact

    def _solve(self) -> tuple[Floats, Floats]:
        codes = self.regime_codes
        mixed = (codes == regimes.MIXED) | (codes == regimes.FREE)
        cell = self.floats
        stake = cell["F"] + cell["L"]
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            honesty = np.where(mixed, (stake - cell["C"]) / stake, 0.0)
            share = (cell["H1"] - cell["H2"]) / cell["F"]
        rest = np.isin(codes, regimes.ALWAYS_SUPERVISED).astype(np.float64)
        return honesty, np.where(mixed, share, rest)


def _plain(value: Floats) -> Value:
    return float(value) if np.ndim(value) == 0 else value
