"""Everyone's share of the order lines and the period of a case, to the fen."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fieldcast.commands import _options
from fieldcast.commands._words import speak
from fieldcast.commands.agreement import _file

if TYPE_CHECKING:
    from fieldcast.agreements.composed import Composed, Worked

File = Annotated[Path, typer.Argument(help="JSON: a case with terms, lines and facts, or a list of them.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


def work_out(*, file: File, as_json: AsJson = False, language: _options.Language = None) -> None:
    """Work out everyone's share of the order lines and the period of a case, to the fen."""
    speak(_options.spoken(language))
    from fieldcast.agreements.composed import read_terms  # noqa: PLC0415 — help need not wait for it
    from fieldcast.agreements.composed import work_out as worked_out  # noqa: PLC0415

    cases, listed = _file.read_cases(file)
    found: list[tuple[Composed, Worked]] = []
    for case in cases:
        terms = read_terms(case["terms"])
        found.append((terms, worked_out(terms, _file.lines_of(case, file), _file.facts_of(case, file))))
    if as_json:
        answers = [answer(worked) for _terms, worked in found]
        typer.echo(json.dumps(answers if listed else answers[0], ensure_ascii=False))
        return
    for terms, worked in found:
        _show(terms, worked)


def answer(worked: "Worked") -> dict[str, Any]:
    """What was worked out, as a program reads it: shares by line, moves of the period, totals by role, in fen."""
    return {
        "lines": [
            {
                "order_line_id": line.order_line_id,
                "shares": [
                    {"clause": one.clause, "role": one.role, "amount_fen": one.amount_fen} for one in shares
                ],
            }
            for line, shares in worked.lines
        ],
        "period": [
            {"clause": move.clause, "role": role, "amount_fen": fen}
            for move in worked.moves
            for role, fen in ((move.giver, -move.amount_fen), (move.taker, move.amount_fen))
        ],
        "totals": dict(worked.totals),
        "net_fen": worked.net_fen,
    }


def _show(terms: "Composed", worked: "Worked") -> None:
    """The clauses in words, what each came to, and what everyone has in the end."""
    from rich.console import Console  # noqa: PLC0415 — programs need not wait for it
    from rich.table import Table  # noqa: PLC0415

    from fieldcast.agreements.composed.words import of_role  # noqa: PLC0415
    from fieldcast.kit.money import yuan  # noqa: PLC0415

    console = Console(soft_wrap=True)
    for number, words in terms.in_words():
        console.print(f"{number}. {words}", markup=False, highlight=False)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for role, fen in _by_size(worked.totals).items():
        table.add_row(of_role(role), f"¥{yuan(fen)}")
    table.add_row("=", f"¥{yuan(worked.net_fen)}")
    console.print(table)


def _by_size(totals: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(totals.items(), key=lambda one: -one[1]))
