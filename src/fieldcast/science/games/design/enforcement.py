"""What becomes of the supervision game when penalties are not all collected, cheats not all found, and others report.

The paper takes F as collected in full and a cheat as found whenever the farmer supervises (§2.2), and
complains in §3.2 and §5.2.1 that neither is so. Here F is what the contract names. Always holds: with
everything collected, everything found and no reports, the outcome is that of `SupervisionGame`.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text


@dataclass(frozen=True)
class Enforcement:
    """How a contract is enforced.

    `deposit` D ≥ 0, in money: held beforehand, so that a penalty up to D is collected for certain.
    `collection` κ in 0..1: the share collected of the rest. `detection` δ, above 0 and at most 1: the
    probability that supervision finds a cheat. `reporting` ρ in 0..1: the probability that a cheat is
    reported by others, supervised or not; a report brings the penalty and comes too late to save the loss L.
    Raises `BadParameter` outside these ranges.
    """

    collection: float = 1.0
    deposit: float = 0.0
    detection: float = 1.0
    reporting: float = 0.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = check_number(field.name, getattr(self, field.name))
            if (field.name != "deposit" and value > 1) or (field.name == "detection" and value == 0):
                span = (
                    ("above 0 and at most 1", "大于 0 且不超过 1")
                    if field.name == "detection"
                    else ("in 0..1", "在 0 到 1 之间")
                )
                raise BadParameter(
                    field.name,
                    Text(
                        en=f"{field.name} must be {span[0]}; it is {value:g}.",
                        zh=f"{field.name} 必须{span[1]}；现在是 {value:g}。",
                    ),
                )

    def collected(self, penalty: float) -> float:
        """What is collected on average of a penalty: min(D, F) + κ·max(F − D, 0)."""
        held = min(self.deposit, penalty)
        return held + self.collection * (penalty - held)


@dataclass(frozen=True)
class Outcome:
    """The equilibrium: probabilities of `honesty` and `supervision`; the penalty `collected`, in money."""

    honesty: float
    supervision: float
    collected: float


def payoffs(
    game: SupervisionGame, enforcement: Enforcement
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Payoffs (host, farmer) of one game, each of shape (2, 2): rows honest, dishonest; columns supervised, not."""
    g = one_game(game)
    fine = enforcement.collected(g["F"])
    delta, rho = enforcement.detection, enforcement.reporting
    found = 1 - (1 - delta) * (1 - rho)
    honest, dishonest = g["G"] - g["H1"], g["G"] - g["H2"]
    host = np.array([[honest, honest], [dishonest - found * fine, dishonest - rho * fine]])
    farmer = np.array(
        [
            [g["R1"] - g["C"], g["R1"]],
            [g["R2"] - g["C"] + found * fine - (1 - delta) * g["L"], g["R2"] + rho * fine - g["L"]],
        ]
    )
    return host, farmer


def outcome(game: SupervisionGame, enforcement: Enforcement) -> Outcome:
    """The equilibrium of one game under an enforcement, in closed form.

    With F' the penalty collected and Δ = H1 − H2: if reports alone outweigh the gain, ρF' > Δ, the host is
    honest and nobody needs to supervise. If not even supervision does, Δ ≥ (ρ + δ(1 − ρ))F', it is dishonest.
    Otherwise, where supervising pays, C < S = δ[(1 − ρ)F' + L], honesty is 1 − C/S and supervision (Δ/F' −
    ρ)/(δ(1 − ρ)): equations (4) and (2) at δ = 1, ρ = 0. On boundaries with many equilibria, the one of least
    honesty. Raises `BadParameter` for a game of arrays.
    """
    g = one_game(game)
    fine = enforcement.collected(g["F"])
    delta, rho = enforcement.detection, enforcement.reporting
    gain = g["H1"] - g["H2"]
    stake = delta * ((1 - rho) * fine + g["L"])
    if gain < rho * fine:
        return Outcome(1.0, 0.0, fine)
    if gain >= (rho + delta * (1 - rho)) * fine:
        return Outcome(0.0, float(g["C"] < stake), fine)
    if g["C"] >= stake:
        return Outcome(0.0, 0.0, fine)
    return Outcome(1 - g["C"] / stake, (gain / fine - rho) / (delta * (1 - rho)), fine)


def one_game(game: SupervisionGame) -> dict[str, float]:
    """The parameters of one game as floats. Raises `BadParameter` for a game of arrays."""
    for name, value in game.parameters.items():
        if isinstance(value, np.ndarray):
            raise BadParameter(
                name,
                Text(
                    en=f"{name} must be one number here, not an array.",
                    zh=f"{name} 在这里只能是一个数，不能是数组。",
                ),
            )
    return {name: float(value) for name, value in game.floats.items()}


def check_number(name: str, value: float, *, low: float = 0.0) -> float:
    """The value as a float. Raises `BadParameter` unless it is finite and at least `low`."""
    if not (isinstance(value, int | float | np.number) and np.isfinite(value) and value >= low):
        raise BadParameter(
            name,
            Text(
                en=f"{name} must be a finite number of at least {low:g}; it is {value}.",
                zh=f"{name} 必须是有限的数，不小于 {low:g}；现在是 {value}。",
            ),
        )
    return float(value)
