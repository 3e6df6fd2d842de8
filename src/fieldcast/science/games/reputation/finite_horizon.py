"""A known number of sessions, and a small chance that the host is one who never cheats.

Kreps and Wilson (1982, Reputation and Imperfect Information) turned from threat to trust (Camerer and Weigelt 1988).
In each period the cooperative first gives the host its goods or keeps them; a host who has them sells honestly or
cheats, and everybody sees which. With probability `prior` the host is committed and never cheats; otherwise he reckons.

    cooperative: keeps 0, trusted and honest b, trusted and cheated −l;   τ = l/(b+l)
    host:        not trusted 0, honest h, cheats h + g;                   discount δ

Where δ(h+g) ≥ g (a host would forgo the gain to be trusted once more) the sequential equilibrium with p the belief in a
committed host and k periods to go, this one included, is: the cooperative trusts when p > τ^k, keeps when p < τ^k, and
at p = τ^k trusts with probability g/(δ(h+g)); a reckoning host is honest when p ≥ τ^(k−1), and otherwise honest with
probability p(1−τ^(k−1)) / ((1−p)τ^(k−1)), which after an honest sale lifts the belief to exactly τ^(k−1); in the last
period he cheats. Whoever cheats is known for ever and never trusted again. Where δ(h+g) < g he cheats as soon as he is
trusted, and the cooperative trusts when p ≥ τ.
"""

from dataclasses import dataclass
from math import isclose

import numpy as np

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

SAME_BELIEF = 1e-9
MOST_PERIODS = 10_000


@dataclass(frozen=True)
class ReputationPath:
    """Equilibrium play while the host is honest whenever trusted; one entry a period, the first session first.

    `remaining`: periods to go, this one included; `threshold`: the belief that earns trust; `belief` in a committed
    host; `trust`: probability of being trusted; `honesty` of a reckoning host who is trusted; `honest_sale`:
    probability that a trusted host, of whatever kind, sells honestly; `reached`: probability that the cooperative has
    trusted and the host been honest up to here, as the cooperative expects it.
    """

    remaining: tuple[int, ...]
    threshold: tuple[float, ...]
    belief: tuple[float, ...]
    trust: tuple[float, ...]
    honesty: tuple[float, ...]
    honest_sale: tuple[float, ...]
    reached: tuple[float, ...]


@dataclass(frozen=True)
class TrustGame:
    """The game above.

    `trust_gain` b > 0, `trust_loss` l > 0, `honest_pay` h ≥ 0 and `gain` g > 0 in one money; `discount` δ in (0, 1];
    `periods` a whole number of at least 1; `prior` in [0, 1], below 1e-290 rounding decides. Raises `BadParameter`
    otherwise.
    """

    trust_gain: float
    trust_loss: float
    honest_pay: float
    gain: float
    periods: int
    prior: float
    discount: float = 1.0

    def __post_init__(self) -> None:
        _require("trust_gain", self.trust_gain, self.trust_gain > 0, "> 0")
        _require("trust_loss", self.trust_loss, self.trust_loss > 0, "> 0")
        _require("honest_pay", self.honest_pay, self.honest_pay >= 0, "≥ 0")
        _require("gain", self.gain, self.gain > 0, "> 0")
        _require("discount", self.discount, 0 < self.discount <= 1, "∈ (0, 1]")
        _require("prior", self.prior, 0 <= self.prior <= 1, "∈ [0, 1]")
        whole = self.periods == int(self.periods) if np.isfinite(self.periods) else False
        _require(
            "periods", self.periods, whole and 1 <= self.periods <= MOST_PERIODS, f"∈ 1, …, {MOST_PERIODS}"
        )

    @classmethod
    def of(
        cls,
        game: SupervisionGame,
        *,
        keeps: float,
        periods: int,
        prior: float,
        discount: float = 1.0,
        host_outside: float = 0.0,
    ) -> "TrustGame":
        """A supervision game whose farmer does not supervise but may keep the goods, earning `keeps`.

        b = R1 − keeps, l = keeps − (R2 − L), h = G − H1 − host_outside, g = H1 − H2. Raises `BadParameter` for a
        game of arrays, and unless R2 − L < keeps < R1: otherwise trust is always or never right.
        """
        if game.shape != ():
            raise BadParameter("game", Text(en="Give one game, not arrays.", zh="请给一个博弈，不要给数组。"))
        p = {name: float(value) for name, value in game.floats.items()}
        low, high = p["R2"] - p["L"], p["R1"]
        _require("keeps", keeps, low < keeps < high, f"∈ ({low:g}, {high:g})")
        return cls(
            trust_gain=high - keeps,
            trust_loss=keeps - low,
            honest_pay=p["G"] - p["H1"] - host_outside,
            gain=p["H1"] - p["H2"],
            periods=periods,
            prior=prior,
            discount=discount,
        )

    @property
    def needed_honesty(self) -> float:
        """τ = l/(b+l): how likely an honest sale must be for trust to pay today."""
        return self.trust_loss / (self.trust_gain + self.trust_loss)

    @property
    def reputation_pays(self) -> bool:
        """δ(h+g) ≥ g: being trusted once more is worth forgoing the gain of today."""
        return self.discount * (self.honest_pay + self.gain) >= self.gain

    @property
    def least_prior(self) -> float:
        """The smallest chance of a committed host with which anything is sold: τ^periods, or τ where no host waits."""
        return self.threshold(remaining=self.periods)

    def threshold(self, *, remaining: int) -> float:
        """The belief from which on the cooperative trusts with `remaining` periods to go."""
        return float(self.needed_honesty ** (remaining if self.reputation_pays else 1))

    def trust(self, *, belief: float, remaining: int) -> float:
        """The probability with which the cooperative trusts. Beliefs within 1e-9 of the threshold are on it."""
        if belief == 0:
            return 0.0
        threshold = self.threshold(remaining=remaining)
        if self.reputation_pays and isclose(belief, threshold, rel_tol=SAME_BELIEF):
            return min(1.0, self.gain / (self.discount * (self.honest_pay + self.gain)))
        return float(belief >= threshold)

    def honesty(self, *, belief: float, remaining: int) -> float:
        """The probability with which a reckoning host who is trusted sells honestly."""
        if belief == 0 or remaining == 1 or not self.reputation_pays:
            return 0.0
        after = self.threshold(remaining=remaining - 1)
        if belief >= after or isclose(belief, after, rel_tol=SAME_BELIEF):
            return 1.0
        return belief * (1 - after) / ((1 - belief) * after)

    def posterior(self, *, belief: float, remaining: int) -> float:
        """The belief after an honest sale, by Bayes' rule; after a cheat it is 0. A belief of 0 stays 0."""
        honest_sale = self._honest_sale(belief, remaining)
        if honest_sale == 0:
            return 0.0
        return min(1.0, belief / honest_sale)

    def play(self) -> ReputationPath:
        """The equilibrium path while the host is honest whenever trusted; where he is not trusted, beliefs stay."""
        belief, reached = self.prior, 1.0
        rows = []
        for remaining in range(self.periods, 0, -1):
            trust = self.trust(belief=belief, remaining=remaining)
            sale = self._honest_sale(belief, remaining)
            honesty = self.honesty(belief=belief, remaining=remaining)
            rows.append(
                (remaining, self.threshold(remaining=remaining), belief, trust, honesty, sale, reached)
            )
            reached *= trust * sale
            if trust > 0:  # a host who is not trusted shows nothing
                belief = self.posterior(belief=belief, remaining=remaining)
        return ReputationPath(*zip(*rows, strict=True))

    @property
    def sentence(self) -> Text:
        """The path in words."""
        path = self.play()
        if path.trust[0] == 0:
            return Text(
                en=f"No trust: the chance of a committed host, {self.prior:.3g}, is below the {self.least_prior:.3g} "
                "that is needed.",
                zh=f"不会信任：主播绝对诚信的可能性为 {self.prior:.3g}，低于所需的 {self.least_prior:.3g}。",
            )
        if not self.reputation_pays:
            return Text(
                en="Trust, but no reputation: a host who reckons prefers the gain of today to being trusted again.",
                zh="会信任，但声誉不起作用：精于算计的主播宁要眼前的好处，不要再次被信任，一被信任就会作弊。",
            )
        sure = sum(honesty == 1 for honesty in path.honesty)
        return Text(
            en=f"Even a host who reckons is honest for sure in the first {sure} of {self.periods} sessions; "
            "after that he may cheat, and in the last he will.",
            zh=f"即使精于算计的主播，在全部 {self.periods} 场中的前 {sure} 场也必定诚信；"
            "此后可能作弊，最后一场必定作弊。",
        )

    def _honest_sale(self, belief: float, remaining: int) -> float:
        return belief + (1 - belief) * self.honesty(belief=belief, remaining=remaining)


def _require(name: str, value: float, holds: bool, allowed: str) -> None:
    if not (holds and np.isfinite(value)):
        raise BadParameter(
            name,
            Text(
                en=f"{name} must be a finite number, {name} {allowed}; it is {value:g}.",
                zh=f"{name} 必须是有限的数，{name} {allowed}；现为 {value:g}。",
            ),
        )
