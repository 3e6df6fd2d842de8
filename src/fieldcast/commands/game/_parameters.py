"""The eight parameters of the supervision game on the command line, read exactly as they are written.

A number is a decimal or a fraction: 0.1 is one tenth and 1/3 one third. What a preset fills in, an option overrides.
"""

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from fieldcast.science.games.supervision import SupervisionGame

LONGEST = 40
NUMBER = re.compile(r"[+-]?(\d+/\d+|(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?)", re.ASCII)


def exact(written: str) -> Fraction | float:
    """A number as it is written; NaN and infinities are let through, for the game to refuse in its own words."""
    text = written.strip()
    try:
        if len(text) <= LONGEST and NUMBER.fullmatch(text):
            return Fraction(text)
        return float(text)
    except (ValueError, ZeroDivisionError):
        raise typer.BadParameter(f"{written!r} is not a number such as 3, 0.5 or 1/3.") from None


def option(name: str, meaning: str) -> typer.models.OptionInfo:
    """An option that takes one exact number."""
    found: typer.models.OptionInfo = typer.Option(f"--{name}", parser=exact, metavar="NUMBER", help=meaning)
    return found


Preset = Annotated[
    Literal["poverty", "ordinary", "combined"] | None,
    typer.Option("--preset", help="Begin with a scenario of the paper; other options change it."),
]
R1 = Annotated[Fraction | None, option("R1", "The farmer's income from an honest host.")]
R2 = Annotated[Fraction | None, option("R2", "The farmer's income from a dishonest host, below R1.")]
C = Annotated[Fraction | None, option("C", "What supervising costs the farmer.")]
F = Annotated[Fraction | None, option("F", "The fine a dishonest host pays when supervised.")]
L = Annotated[Fraction | None, option("L", "What the farmer loses to an unsupervised dishonest host.")]
G = Annotated[Fraction | None, option("G", "The host's fixed fee.")]
H1 = Annotated[Fraction | None, option("H1", "The host's cost of being honest.")]
H2 = Annotated[Fraction | None, option("H2", "The host's cost of being dishonest, below H1.")]
LossShare = Annotated[
    Fraction | None,
    option("loss-share", "The L assumed where the paper gives none, from 0 to below 20 (default 10)."),
]


def game(*, preset: str | None, **given: Fraction | None) -> "SupervisionGame":
    """The game of the options given.

    Ends as a wrong option does when a parameter is missing; raises `BadParameter` for values the game refuses.
    """
    from fieldcast.science.games import paper  # noqa: PLC0415 — help need not wait for these
    from fieldcast.science.games.supervision import SupervisionGame  # noqa: PLC0415

    named = {name: value for name, value in given.items() if value is not None}
    if preset is not None:
        scenario: SupervisionGame = getattr(paper, preset.upper())
        return scenario.with_(**named)
    missing = [f"--{name}" for name in given if name not in named]
    if missing:
        raise typer.BadParameter(f"Missing {', '.join(missing)}: give all eight parameters, or a --preset.")
    return SupervisionGame(**named)
