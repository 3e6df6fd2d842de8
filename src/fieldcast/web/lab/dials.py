"""The conditions a visitor may change: what each is called, how far it goes, how its slider moves."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence

Number = int | Fraction
LARGEST: Final = 1_000_000
DEAREST: Final = 1_000
STOPS: Final = 100  # from one end of a slider to the other
TOPS: Final = tuple(base * 10**power for power in range(1, 7) for base in (1, 2, 5))


@dataclass(frozen=True)
class Dial:
    """One condition: a number field and a slider. Amounts share one unit of money; the rest are percentages.

    One with a `usual` value is left out of addresses while it has it; an empty `usual` may stay empty.
    """

    name: str
    title: Sentence
    symbol: str = ""
    help: Sentence = ""
    least: int = 0
    most: int = LARGEST
    reach: int = 50
    unit: str = ""
    usual: str | None = None
    optional: bool = False
    slider: bool = True

    def top(self, value: Number) -> int:
        """Where the slider ends: at `reach`, further for a value that lies beyond."""
        if self.unit:
            return self.most
        return next((top for top in TOPS if top >= max(self.reach, value)), LARGEST)

    def step(self, value: Number) -> float:
        """How far one press of an arrow key goes."""
        return 1 if self.unit else self.top(value) / STOPS


# the four that decide come first; the payoffs beneath them move money but not the equilibrium
FIRST: Final = (
    Dial("C", _("Cost of supervising"), "C", _("What it costs the farmer to check the host, each session")),
    Dial("F", _("Fine"), "F", _("What a dishonest host pays the farmer when caught")),
    Dial(
        "collect",
        _("Fine collected"),
        help=_("Out of 100 fines, how many are paid. A deposit makes it 100"),
        most=100,
        unit="%",
    ),
    Dial("L", _("Loss if unsupervised"), "L", _("What the farmer loses to dishonesty that nobody caught")),
    Dial("H1", _("Cost of honesty"), "H₁", _("What true selling costs the host")),
    Dial("H2", _("Cost of cheating"), "H₂", _("What false selling costs the host; always less")),
)
FOLDED: Final = (
    Dial(
        "R1",
        _("Farmer's income, honest host"),
        "R₁",
        _("What the farmer earns in the long run from an honest host"),
        reach=200,
    ),
    Dial(
        "R2",
        _("Farmer's income, dishonest host"),
        "R₂",
        _("The same from a dishonest host; always less"),
        reach=200,
    ),
    Dial("G", _("Host's fixed fee"), "G", _("What the host is paid whether honest or not"), reach=200),
)
TARGET: Final = Dial("target", _("Honesty wanted"), least=1, most=99, unit="%")
CONTRACT: Final = (
    Dial(
        "deposit",
        _("Deposit held"),
        help=_("Held beforehand; a fine up to it is paid for certain"),
        usual="0",
    ),
    Dial(
        "detect",
        _("Cheats found"),
        help=_("Of 100 cheats, how many are found out. It changes this check alone"),
        most=100,
        unit="%",
        usual="100",
    ),
)
WATCHED: Final = Dial("watched", _("Supervision at most"), most=100, unit="%", usual="100", slider=False)


def _price(name: str, title: Sentence, usual: str) -> Dial:
    return Dial(f"price_{name}", title, most=DEAREST, usual=usual, optional=True, slider=False)


PRICES: Final = (
    _price("subsidy", _("A subsidy on supervising, by 1"), "1"),
    _price("penalty", _("A higher fine, by 1"), "1"),
    _price("deposit", _("A larger deposit, by 1"), "0.1"),
    _price("margin", _("A better honest margin, by 1"), "1"),
    _price("reporting", _("Rewards until every cheat is reported"), ""),
)
DIALS: Final = (*FIRST, *FOLDED, TARGET, *CONTRACT, WATCHED, *PRICES)
BY_NAME: Final = {dial.name: dial for dial in DIALS}


def plain(value: Number) -> str:
    """A number as it is typed and read back: 24, 0.5."""
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def whole(value: Fraction) -> Number:
    """An int where the fraction is one."""
    return value.numerator if value.denominator == 1 else value
