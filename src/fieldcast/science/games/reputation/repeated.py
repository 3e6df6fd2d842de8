"""A host who is seen again and again: how likely detection, how long a ban and how much patience make honesty pay.

One period: an honest host earns h above nothing, a dishonest one h + g. Dishonesty is detected with probability q in
the period in which it happens; then the fine F is due at once, of which the part c is collected on average, and from
the next period on the host is banned for T periods, earning the outside option w ≤ h instead. Detection is independent
between periods, and a host who has served a ban starts afresh. Later periods count with the discount factor δ < 1.

The host's problem is a stationary decision problem, so honesty for ever is optimal exactly when one dishonest period
followed by honesty does not pay (the one-shot deviation principle: Blackwell 1965; Mailath and Samuelson 2006, Repeated
Games and Reputations, section 2.2). Value of honesty for ever: V = h/(1−δ). Deviating once:

    h + g − q c F + (1−q) δV + q [w (δ + … + δ^T) + δ^(T+1) V]  ≤  h + δV
    ⇔  g ≤ q [c F + (h−w) D],    D = δ + δ² + … + δ^T = δ (1 − δ^T)/(1−δ).

D, the number of present-day sessions that a ban takes away, rises with δ and T: each threshold below is unique.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

Floats = NDArray[np.float64]
Value = float | Floats
ROUNDING = 1e-12
LIMITS = {
    "gain": (0.0, np.inf, False),
    "honest_pay": (-np.inf, np.inf, False),
    "outside": (-np.inf, np.inf, False),
    "fine": (0.0, np.inf, False),
    "collected": (0.0, 1.0, False),
    "detection": (0.0, 1.0, False),
    "discount": (0.0, 1.0, True),
    "ban": (0.0, np.inf, False),
}


@dataclass(frozen=True, eq=False)
class RepeatedSupervision:
    """The host's problem; each field a number or an array, broadcast together.

    - `gain` g > 0: what one dishonest period brings more, H1 − H2
    - `honest_pay` h and `outside` w ≤ h: pay of an honest period, and of a banned one, in the same money
    - `fine` F ≥ 0 and `collected` c in [0, 1], the part of it that is paid in the end
    - `detection` q in [0, 1]; `discount` δ in [0, 1)
    - `ban` T: a whole number of periods, `math.inf` for ever

    Raises `BadParameter` for values outside these ranges or shapes that do not fit together. Answers are floats, or
    arrays of the common shape. The *least* values are those from which on honesty is optimal; not a number where none
    suffices.
    """

    gain: ArrayLike
    honest_pay: ArrayLike
    fine: ArrayLike
    detection: ArrayLike
    discount: ArrayLike
    ban: ArrayLike
    outside: ArrayLike = 0.0
    collected: ArrayLike = 1.0

    def __post_init__(self) -> None:
        values = {field.name: _checked(field.name, getattr(self, field.name)) for field in fields(self)}
        try:
            np.broadcast_shapes(*(value.shape for value in values.values()))
        except ValueError as error:
            shapes = Text(en="The arrays' shapes do not fit together.", zh="各数组的形状不一致。")
            raise BadParameter("gain", shapes) from error
        if (values["gain"] <= 0).any():
            raise BadParameter(
                "gain", Text(en="gain must be above 0.", zh="gain（不诚信的额外收益）必须大于 0。")
            )
        if (values["outside"] > values["honest_pay"]).any():
            raise BadParameter(
                "outside",
                Text(
                    en="outside must be at most honest_pay: a ban must not pay better than honest work.",
                    zh="outside 不得高于 honest_pay：被禁播不能比诚信直播收入更高。",
                ),
            )
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @classmethod
    def of(
        cls,
        game: SupervisionGame,
        *,
        detection: ArrayLike,
        discount: ArrayLike,
        ban: ArrayLike,
        outside: ArrayLike = 0.0,
        collected: ArrayLike = 1.0,
    ) -> "RepeatedSupervision":
        """The host of a supervision game: g = H1 − H2, h = G − H1, fine F."""
        p = game.floats
        return cls(
            gain=p["H1"] - p["H2"],
            honest_pay=p["G"] - p["H1"],
            fine=p["F"],
            detection=detection,
            discount=discount,
            ban=ban,
            outside=outside,
            collected=collected,
        )

    @property
    def lost_sessions(self) -> Value:
        """D = δ (1 − δ^T)/(1−δ): how many sessions of today a ban is worth."""
        v = self._values()
        return _plain(_sessions(v["discount"], v["ban"]))

    @property
    def margin(self) -> Value:
        """q [c F + (h−w) D] − g: what one dishonest period costs the host on balance; honesty is optimal from 0 on."""
        v = self._values()
        return _plain(v["detection"] * (self._collected() + self._worth() * self.lost_sessions) - v["gain"])

    @property
    def honest(self) -> bool | NDArray[np.bool_]:
        """Whether honesty in every period is optimal (being indifferent counts)."""
        answer = np.asarray(self.margin) >= -ROUNDING * self._values()["gain"]
        return bool(answer) if answer.ndim == 0 else answer

    @property
    def least_detection(self) -> Value:
        """q = g / [c F + (h−w) D]."""
        with np.errstate(divide="ignore"):
            needed = self._values()["gain"] / (self._collected() + self._worth() * self.lost_sessions)
        return _plain(np.where(needed <= 1 + ROUNDING, np.minimum(needed, 1.0), np.nan))

    @property
    def least_fine(self) -> Value:
        """F = [g/q − (h−w) D] / c, at least 0."""
        v = self._values()
        with np.errstate(divide="ignore", invalid="ignore"):
            needed = v["gain"] / v["detection"] - self._worth() * self.lost_sessions
            fine = np.where(needed <= 0, 0.0, needed / v["collected"])
        return _plain(np.where(np.isfinite(fine), fine, np.nan))

    @property
    def least_ban(self) -> Value:
        """T = ⌈ln(1 − A(1−δ)/δ) / ln δ⌉ with A = (g/q − c F)/(h−w), the sessions a ban must take; infinite where only
        a ban for ever will do."""
        v, needed = self._values(), self._needed()
        with np.errstate(divide="ignore", invalid="ignore"):
            left = 1 - needed * (1 - v["discount"]) / v["discount"]
            periods = np.ceil(np.log(left) / np.log(v["discount"]) - 1e-9)
        periods = np.where(abs(left) <= ROUNDING, np.inf, np.where(left < 0, np.nan, periods))
        return _plain(np.where(needed <= 0, 0.0, np.where(np.isfinite(needed), periods, np.nan)))

    @property
    def least_discount(self) -> Value:
        """The δ at which D = A (A as for `least_ban`): A/(1+A) for a ban for ever, A for one period, else the one root.

        Not a number where A ≥ T, for D stays below T.
        """
        v, needed = self._values(), self._needed()
        needed, ban = np.broadcast_arrays(needed, v["ban"])
        low, high = np.zeros(needed.shape), np.ones(needed.shape)
        for _ in range(60):
            middle = (low + high) / 2
            enough = _sessions(middle, ban) >= needed
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        with np.errstate(invalid="ignore"):
            root = np.where(np.isinf(ban), needed / (1 + needed), high)
        reached = (needed < ban) & np.isfinite(needed)
        return _plain(np.where(needed <= 0, 0.0, np.where(reached, root, np.nan)))

    @property
    def sentence(self) -> Text:
        """In words, for one host: whether honesty pays and what would make it pay. Raises `BadParameter` for arrays."""
        margin = self.margin
        if not isinstance(margin, float):
            raise BadParameter(
                "gain",
                Text(en="A sentence is about one host, not about arrays.", zh="只能对单个主播作说明。"),
            )
        gain = float(self._values()["gain"])
        if self.honest:
            return Text(
                en=f"Honesty pays: cheating once brings {gain:g} and costs {margin + gain:.4g} on average.",
                zh=f"诚信更划算：作弊一次多得 {gain:g}，平均要损失 {margin + gain:.4g}。",
            )
        return Text(
            en=f"Cheating pays: it brings {gain:g} and costs only {margin + gain:.4g} on average. {self._ways('en')}",
            zh=f"作弊更划算：多得 {gain:g}，平均只损失 {margin + gain:.4g}。{self._ways('zh')}",
        )

    def _ways(self, language: str) -> str:
        """Each single change that would make honesty pay."""
        found = []
        for name, value in (
            ("detection", self.least_detection),
            ("fine", self.least_fine),
            ("ban", self.least_ban),
        ):
            if np.isnan(value):
                continue
            if name == "detection":
                way = Text(en=f"detecting at least {value:.1%}", zh=f"查获率至少 {value:.1%}")
            elif name == "fine":
                way = Text(en=f"a fine of at least {value:.4g}", zh=f"罚金至少 {value:.4g}")
            elif np.isinf(value):
                way = Text(en="a ban for ever", zh="永久禁播")
            else:
                way = Text(en=f"a ban of at least {value:.0f} periods", zh=f"禁播至少 {value:.0f} 期")
            found.append(way)
        if language == "en":
            ways = " or ".join(way.en for way in found)
            return (
                f"It would take {ways}." if found else "No single change of detection, fine or ban will do."
            )
        ways = "，或".join(way.zh for way in found)
        return f"须做到其一：{ways}。" if found else "单独改变查获率、罚金或禁播期都不够。"

    def _values(self) -> dict[str, Floats]:
        return {field.name: np.asarray(getattr(self, field.name)) for field in fields(self)}

    def _collected(self) -> Floats:
        v = self._values()
        return np.asarray(v["collected"] * v["fine"])

    def _worth(self) -> Floats:
        v = self._values()
        return np.asarray(v["honest_pay"] - v["outside"])

    def _needed(self) -> Floats:
        """A: how many of today's sessions a ban must take to deter; infinite where no ban can."""
        v = self._values()
        with np.errstate(divide="ignore", invalid="ignore"):
            short = v["gain"] / v["detection"] - self._collected()
            return np.asarray(np.where(short <= 0, 0.0, short / self._worth()))


def _sessions(discount: Floats, ban: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.where(ban > 0, ban * np.log(discount), 0.0)
        sessions = np.where(discount < 1, discount * -np.expm1(log) / (1 - discount), ban)
    return np.asarray(sessions)


def _checked(name: str, value: ArrayLike) -> Floats:
    """The values of a field as floats within its limits. Raises `BadParameter`."""
    low, high, open_end = LIMITS[name]
    array = np.array(value, dtype=np.float64)
    finite = np.isfinite(array) | ((array == np.inf) & (name == "ban"))
    inside = (array >= low) & ((array < high) if open_end else (array <= high))
    whole = (name != "ban") | (np.floor(array) == array)
    if not (finite & inside & whole).all():
        bounds = f"[{low:g}, {high:g}{')' if open_end else ']'}"
        raise BadParameter(
            name,
            Text(
                en=f"{name} must lie in {bounds}{' and be whole or infinite' if name == 'ban' else ' and be finite'}.",
                zh=f"{name} 必须在 {bounds} 内，且{'为整数或无穷大' if name == 'ban' else '为有限的数'}。",
            ),
        )
    return array


def _plain(value: ArrayLike) -> Value:
    array = np.asarray(value, dtype=np.float64)
    return float(array) if array.ndim == 0 else array
