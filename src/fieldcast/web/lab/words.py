"""How the laboratory says what science found: in the reader's language, with the figures of the library."""

from fractions import Fraction
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.science.games.supervision import Regime
from fieldcast.science.games.supervision.figures import figure, percent
from fieldcast.science.text import Text

PAPER: Final = "Tao (2025), doi:10.12677/ecl.2025.14124679"
# green where honesty can hold, wheat where nobody looks, persimmon where no fine deters
TONES: Final = {
    Regime.MIXED: "paddy",
    Regime.FREE_SUPERVISION: "paddy",
    Regime.COST_AT_STAKE: "wheat",
    Regime.UNSUPERVISED: "wheat",
}
KINDS: Final[dict[str, Sentence]] = {
    "sink": _("settles here"),
    "source": _("leaves from here"),
    "saddle": _("passes by"),
    "centre": _("circles around it"),
    "degenerate": _("cannot be told"),
}


def language() -> str:
    """The language that pictures and sentences of science are asked for in."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(text: Text) -> str:
    """A sentence of science in the reader's language."""
    return text.in_(language())


def share(probability: float) -> str:
    """A probability in percent with one decimal at most: 57.1%; never 0% or 100% of what is only close to it."""
    return say(percent(probability))


def amount(value: float | Fraction) -> str:
    """An amount with at most two decimals, thousands apart: 1,234.5."""
    text = f"{float(value) + 0.0:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def exact(value: float | Fraction) -> str:
    """A parameter as it was given."""
    return figure(value)
