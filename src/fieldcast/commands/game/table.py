"""Tables 2 and 3 of the paper: repeated as printed, and computed again as its own equations give them."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from fieldcast.commands.game import _parameters as parameters
from fieldcast.commands.game._speaking import (
    AsJson,
    Language,
    figure,
    percent,
    print_json,
    show,
    speaking,
    word,
)
from fieldcast.commands.game._speaking import (
    table as grid,
)
from fieldcast.science.text import Text

if TYPE_CHECKING:
    from fieldcast.science.games.paper import Table


def table(
    number: Annotated[int, typer.Argument(metavar="2|3", help="Which table: 2 varies C, 3 varies F.")],
    *,
    form: Annotated[
        Literal["printed", "derived"],
        typer.Option("--as", help="The paper's own arithmetic, or what its equations give."),
    ] = "printed",
    loss_share: parameters.LossShare = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Repeat Table 2 or 3 of the paper as printed, or give the same rows as its equations do."""
    with speaking(language) as spoken:
        from fieldcast.science.games import paper  # noqa: PLC0415 — help need not wait for it

        loss = paper.LOSS_SHARE if loss_share is None else loss_share
        found = paper.table(number, form=form, loss_share=loss)
        if as_json:
            print_json(answer(found, spoken))
        else:
            show(*_in_tables(found, spoken))


def answer(found: "Table", language: str) -> dict[str, Any]:
    """What is printed as JSON. `p1_change_raw` is the change before rounding, as a share of 1."""
    rows = []
    (baseline,) = (row for row in found.rows if row.change == 0)
    for row in found.rows:
        difference = row.p1_raw / baseline.p1_raw - 1 if found.form == "printed" else row.p1 - baseline.p1
        cells = None if row.cells is None else vars(row.cells)
        rows.append(
            {
                found.varied: row.value,
                "change": row.change,
                "p1": row.p1,
                "p1_raw": row.p1_raw,
                "p1_change": row.p1_change.in_(language),
                "p1_change_raw": difference,
                "p2": row.p2,
                "p2_raw": row.p2_raw,
                "regime": row.regime,
                "cells": cells,
            }
        )
    return {
        "rows": rows,
        "table": found.number,
        "as": found.form,
        "loss_share": None if found.loss_share is None else float(found.loss_share),
        "note": found.note.in_(language),
    }


def _in_tables(found: "Table", language: str) -> tuple[Any, ...]:
    printed = found.form == "printed"
    title = Text(
        en=f"Table {found.number} as {found.form}",
        zh=f"表 {found.number}，{'照论文印的' if printed else '照论文公式推的'}",
    )
    formula = Text(en="formula", zh="公式算出").in_(language)
    columns = [
        found.varied,
        formula,
        word("honesty", language),
        formula,
        word("supervision", language),
        Text(en="change of honesty", zh="诚信的变化").in_(language) if printed else word("regime", language),
    ]
    rows = [
        [
            f"{row.value} ({row.change:+.0%})",
            figure(round(row.p1_raw, 4)),
            percent(row.p1, language),
            figure(round(row.p2_raw, 4)),
            percent(row.p2, language),
            (row.p1_change if row.regime is None else row.regime.label).in_(language),
        ]
        for row in found.rows
    ]
    made = grid(columns, rows, title=title.in_(language), words=(0,) if printed else (0, 5))
    return made, found.note.in_(language)
