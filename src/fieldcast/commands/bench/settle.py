"""How many order lines a minute are settled, fresh and late, beside a bare COPY of the same rows."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fieldcast.commands._own_database import own_database

if TYPE_CHECKING:
    from fieldcast.commands.bench._settling import Figures

MOST_LINES, MOST_HISTORY = 1_000_000, 10_000_000


def settle(
    *,
    lines: Annotated[
        int, typer.Option(min=1, max=MOST_LINES, help="How many order lines are settled each time.")
    ] = 20_000,
    history: Annotated[
        int, typer.Option(min=0, max=MOST_HISTORY, help="How many are settled before the second time.")
    ] = 200_000,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Settle a synthetic county's order lines, fresh and after a history, beside a bare COPY of the same rows."""
    from fieldcast.config.runner import until_told_to_stop  # noqa: PLC0415 — help need not wait for it

    with until_told_to_stop(), own_database():
        from fieldcast.commands.bench._settling import measure  # noqa: PLC0415 — settings come first

        figures = measure(lines=lines, history=history, say=_say)
    typer.echo(json.dumps(answer(figures)) if as_json else in_words(figures))
    if figures.unexplained_fen:
        raise typer.Exit(1)


def answer(figures: "Figures") -> dict[str, Any]:
    """What is printed as JSON: the figures in whole lines."""
    return {
        "lines": figures.lines,
        "history": figures.history,
        "lines_per_min": round(figures.fresh.settled),
        "lines_per_min_late": round(figures.late.settled),
        "bare_sql_lines_per_min": round(figures.fresh.copied),
        "bare_sql_lines_per_min_late": round(figures.late.copied),
        "ratio": round(figures.fresh.ratio, 3),
        "ratio_late": round(figures.late.ratio, 3),
        "unexplained_fen": figures.unexplained_fen,
    }


def in_words(figures: "Figures") -> str:
    """The same, for people."""
    return "\n".join(f"{name:<30}{value:>12,}" for name, value in answer(figures).items())


def _say(words: str) -> None:
    typer.echo(words, err=True)
