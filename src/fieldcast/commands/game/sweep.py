"""What becomes of a supervision game when one or two of its parameters change."""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

import typer

from fieldcast.commands.game import _files as files
from fieldcast.commands.game import _parameters as parameters
from fieldcast.commands.game._speaking import (
    AsJson,
    Language,
    print_json,
    show,
    speaking,
)
from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

NAMES = ("R1", "R2", "C", "F", "L", "G", "H1", "H2")
MOST_POINTS = 1_001
MOST_CELLS = 250_000


@dataclass(frozen=True)
class Range:
    """Values that a parameter takes: `points` of them, evenly spaced, both ends included."""

    name: str
    low: Fraction | float
    high: Fraction | float
    points: int


def sweep(
    *,
    vary: Annotated[
        list[str],
        typer.Option(
            "--vary",
            metavar="NAME=FROM:TO[:POINTS]",
            help="A parameter and its range, such as C=0:60; give it twice for a grid (default 61 points each).",
        ),
    ],
    R1: parameters.R1 = None,
    R2: parameters.R2 = None,
    C: parameters.C = None,
    F: parameters.F = None,
    L: parameters.L = None,
    G: parameters.G = None,
    H1: parameters.H1 = None,
    H2: parameters.H2 = None,
    preset: parameters.Preset = None,
    to_csv: files.Csv = None,
    picture: files.Picture = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Solve the game over a range of one parameter or a grid of two: figures, a table of them, a picture."""
    with speaking(language) as spoken:
        ranges = _ranges(vary)
        given = {"R1": R1, "R2": R2, "C": C, "F": F, "L": L, "G": G, "H1": H1, "H2": H2}
        placed = preset is not None or all(given[each.name] is not None for each in ranges)
        if preset is None:
            given |= {each.name: Fraction(each.low) for each in ranges if given[each.name] is None}
        base = parameters.game(preset=preset, **given)
        from fieldcast.commands.game._swept import Swept  # noqa: PLC0415 — help need not wait for it

        swept = Swept.of(base, ranges, placed=placed)
        files.write_results(
            to_csv, lambda: (swept.header, swept.rows()), picture, swept.draw, language=spoken
        )
        if as_json:
            print_json(swept.answer())
        else:
            show(*swept.in_tables(spoken))


def _ranges(written: list[str]) -> list[Range]:
    """One or two ranges. Ends as a wrong option does where one cannot be read; raises `BadParameter` for its values."""
    ranges = [_range(each) for each in written]
    if len(ranges) > 2 or len({each.name for each in ranges}) < len(ranges):
        raise typer.BadParameter("--vary names one parameter, or two different ones.")
    if ranges[0].points * ranges[-1].points > MOST_CELLS and len(ranges) > 1:
        raise BadParameter(
            "vary",
            Text(
                en=f"POINTS of --vary: a grid may have {MOST_CELLS:,} cells; give fewer points.",
                zh=f"--vary 的 POINTS：网格最多 {MOST_CELLS:,} 格，请少给几个点。",
            ),
        )
    return ranges


def _range(written: str) -> Range:
    name, sign, rest = written.partition("=")
    low, *more = rest.split(":")
    if not sign or name not in NAMES or len(more) not in (1, 2) or not (more[1:] or ["2"])[0].isdecimal():
        raise typer.BadParameter(
            f"{written!r} is not a range such as C=0:60 or C=0:60:61; parameters are {', '.join(NAMES)}."
        )
    found = Range(
        name=name,
        low=parameters.exact(low),
        high=parameters.exact(more[0]),
        points=int(more[1][:9]) if more[1:] else 61,
    )
    if not (found.low < found.high and math.isfinite(found.high - found.low)):
        raise BadParameter(
            name,
            Text(
                en=f"{name} must run from one finite number to a higher one, and {written!r} does not.",
                zh=f"{name} 的范围两头都要是有限的数，从小到大；{written!r} 不是。",
            ),
        )
    if not 2 <= found.points <= MOST_POINTS:
        raise BadParameter(
            name,
            Text(
                en=f"{name} may take 2 to {MOST_POINTS:,} values, not {found.points:,}.",
                zh=f"{name} 可以取 2 到 {MOST_POINTS:,} 个值，不能是 {found.points:,} 个。",
            ),
        )
    return found
