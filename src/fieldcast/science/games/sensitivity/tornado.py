"""Which parameter moves the outcome most when each moves alone: the bars of a tornado chart, longest first."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.sensitivity.model import Model, Range, as_range
from fieldcast.science.text import Text

POINTS = 65


@dataclass(frozen=True)
class Bar:
    """One parameter from `low` to `high`, all others at base.

    `at_low`, `at_high`: the outcome at the ends; `lowest`, `highest`: over the range, at 65 points, as it may rise
    and fall in between; `limited`: the range asked for was cut to what the parameter may be.
    """

    parameter: str
    low: float
    high: float
    at_low: float
    at_high: float
    lowest: float
    highest: float
    limited: bool

    @property
    def swing(self) -> float:
        """How far the outcome moves."""
        return self.highest - self.lowest


@dataclass(frozen=True)
class Tornado:
    """The outcome at base, and a bar for each parameter, the longest first."""

    base: float
    bars: tuple[Bar, ...]


def tornado(model: Model, *, share: float = 0.2, ranges: Mapping[str, Range] | None = None) -> Tornado:
    """Each parameter over its range: the one in `ranges`, or base ± `share` of base where it has none there.

    A parameter at 0 with no range of its own does not move. Raises `BadParameter`.
    """
    if not 0 < share < np.inf:
        raise BadParameter("share", Text(en="share must be above 0 and finite", zh="share 必须大于 0 且有限"))
    given = {name: as_range(name, ends) for name, ends in (ranges or {}).items()}
    for name in given:
        model.check(name)
    asked = {name: given.get(name, _around(start, share)) for name, start in model.base.items()}
    cut = {name: model.allowed(name, *ends) for name, ends in asked.items()}
    names = tuple(cut)
    steps = np.linspace(0, 1, POINTS)
    points = {name: np.full((len(names), POINTS), start) for name, start in model.base.items()}
    for row, (name, (low, high)) in enumerate(cut.items()):
        points[name][row] = low + steps * (high - low)
        points[name][row, -1] = high
    outcomes = model.at(**points)
    bars = [
        Bar(
            parameter=name,
            low=cut[name][0],
            high=cut[name][1],
            at_low=float(outcome[0]),
            at_high=float(outcome[-1]),
            lowest=float(outcome.min()),
            highest=float(outcome.max()),
            limited=cut[name] != asked[name],
        )
        for name, outcome in zip(names, outcomes, strict=True)
    ]
    base = float(model.at(**{name: np.array(start) for name, start in model.base.items()}))
    return Tornado(base=base, bars=tuple(sorted(bars, key=lambda bar: -bar.swing)))


def _around(start: float, share: float) -> Range:
    return start - share * abs(start), start + share * abs(start)
