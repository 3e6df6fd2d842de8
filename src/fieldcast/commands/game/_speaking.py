"""How the game laboratory answers: in one language, as tables for people or one JSON object for programs.

What always holds: what science refuses becomes one sentence on standard error and exit status 1; nothing else is
printed then; and an object holds no NaN or infinity, which JSON has no words for: they become null.
"""

import json
import math
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fieldcast.commands import _options
from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]
NOTHING = "—"
Language = Annotated[
    str | None, typer.Option("--language", help="Language of the answer: zh or en (default: zh).")
]


@contextmanager
def speaking(named: str | None) -> Iterator[str]:
    """The language to answer in; a `BadParameter` raised inside ends the command with its sentence.

    Raises `UnknownLanguage` for a language that is not spoken here.
    """
    language = _options.spoken(named)
    try:
        yield language
    except BadParameter as wrong:
        typer.echo(wrong.text.in_(language), err=True)
        raise typer.Exit(1) from None


def print_json(answer: Mapping[str, Any]) -> None:
    """One object on standard output."""
    typer.echo(json.dumps(plain(answer), ensure_ascii=False, allow_nan=False))


def plain(value: Any) -> Any:
    """The value in what JSON knows: arrays as lists, exact fractions as texts such as "1/3", NaN as null."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Fraction):
        return str(value)
    if hasattr(value, "tolist"):  # numpy's arrays and numbers, without waiting for numpy to load
        return plain(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def show(*parts: "RenderableType") -> None:
    """Print sentences and tables for people, one under the other; a sentence stays one line, however long."""
    from rich.console import Console  # noqa: PLC0415 — programs need not wait for it
    from rich.table import Table  # noqa: PLC0415

    console = Console(highlight=False, markup=False)
    for part in parts:
        console.print(part, soft_wrap=not isinstance(part, Table))


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "", words: Container[int] = (0,)
) -> "Table":
    """A table in which the columns at the places `words` hold words and the others figures."""
    from rich.table import Table  # noqa: PLC0415 — programs need not wait for it
    from rich.text import Text as Cell  # noqa: PLC0415

    made = Table(title=Cell(title) if title else None, title_justify="left")
    for place, column in enumerate(columns):
        made.add_column(Cell(column), justify="left" if place in words else "right", overflow="fold")
    for row in rows:
        made.add_row(*map(Cell, row))
    return made


def bold(sentence: str) -> "RenderableType":
    """The sentence that says it all."""
    from rich.text import Text as Cell  # noqa: PLC0415

    return Cell(sentence, style="bold")


def figure(value: float | Fraction | None) -> str:
    """A number for people, and a dash where there is none."""
    from fieldcast.science.games.supervision import figures  # noqa: PLC0415 — programs need not wait for it

    return NOTHING if value is None or not math.isfinite(value) else figures.figure(value)


def percent(share: float | Fraction | None, language: str) -> str:
    """A share for people, with one decimal; an exact one beside it as the fraction it is."""
    from fieldcast.science.games.supervision import figures  # noqa: PLC0415 — programs need not wait for it

    if share is None or not math.isfinite(share):
        return NOTHING
    said = figures.percent(share).in_(language)
    exact = isinstance(share, Fraction) and share.denominator > 1 and len(str(share)) <= 12
    return f"{said} ({share})" if exact else said


WORDS = {
    "honesty": Text(en="Honesty", zh="诚信概率"),
    "supervision": Text(en="Supervision", zh="监督概率"),
    "inspection": Text(en="Inspection", zh="抽检概率"),
    "regime": Text(en="Regime", zh="属于哪种情形"),
    "host": Text(en="Host", zh="主播"),
    "farmer": Text(en="Farmer", zh="农户"),
    "welfare": Text(en="Together", zh="两家合计"),
}


def word(name: str, language: str) -> str:
    """The heading of a column in the reader's language."""
    return WORDS[name].in_(language)
