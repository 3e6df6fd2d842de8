"""One contradiction of the paper, with the computation that shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

Figure = bool | int | float | str | tuple[float, ...]


@dataclass(frozen=True)
class Erratum:
    """`place`: where; `printed`: what the paper says there; `follows`: what follows from the paper's own terms instead.

    `computed`: the figures behind `follows`, by name, each calculated when the erratum is made.
    """

    number: int
    place: Text
    printed: Text
    follows: Text
    computed: Mapping[str, Figure]


@dataclass(frozen=True)
class Setting:
    """The paper's scenarios at one assumed L, for the computations."""

    poverty: SupervisionGame
    ordinary: SupervisionGame
    combined: SupervisionGame
    loss_share: float | Fraction
    assumed: Text
