"""Whom to inspect: the best chances for a budget, and a draw that anybody can repeat."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from fieldcast.commands.game import _files as files
from fieldcast.commands.game import _parameters as parameters
from fieldcast.commands.game._speaking import (
    NOTHING,
    AsJson,
    Language,
    bold,
    percent,
    print_json,
    show,
    speaking,
    table,
)
from fieldcast.science.text import Text

if TYPE_CHECKING:
    from fieldcast.commands.game._targets import TargetTable
    from fieldcast.science.games.audits import AdversaryAllocation, Draw, IndependentAllocation

    Allocation = IndependentAllocation | AdversaryAllocation

SHOWN = 40
NO_DRAW = Text(
    en="Nothing is drawn yet. Publish these chances first, then draw with --seed and a text nobody could know before, "
    "such as the next result of a public lottery.",
    zh="还没有抽。先把这些概率公布出去，再用 --seed 加一段事先谁也不知道的文字来抽，比如下一期公开彩票的号码。",
)


def audit(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="CSV of targets with columns gain, harm, cost, penalty, and name, forfeited, averted if you like.",
        ),
    ],
    *,
    budget: Annotated[
        float,
        typer.Option(
            parser=parameters.exact, metavar="NUMBER", help="How many audits, or how much they may cost."
        ),
    ],
    unit: Annotated[
        Literal["audits", "cost"],
        typer.Option("--unit", help="What the budget counts: audits or their cost."),
    ] = "audits",
    against: Annotated[
        Literal["independent", "adversary"],
        typer.Option(
            "--against", help="Each target decides for itself, or one adversary picks the best of all."
        ),
    ] = "independent",
    method: Annotated[
        Literal["fast", "exact"],
        typer.Option("--method", help="Closed form with a proven gap, or an exact programme, slower."),
    ] = "fast",
    seed: Annotated[
        str | None,
        typer.Option("--seed", metavar="TEXT", help="Draw with this text; the same text draws the same."),
    ] = None,
    order: Annotated[
        Literal["shuffled", "given"],
        typer.Option("--order", help="Draw in an order the seed shuffles, or spread evenly along the list."),
    ] = "shuffled",
    to_csv: files.Csv = None,
    picture: files.Picture = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Share audits out among targets so that cheating pays least, and draw whom to inspect from a public seed."""
    with speaking(language) as spoken:
        from fieldcast.commands.game._targets import read_targets  # noqa: PLC0415 — help need not wait for these
        from fieldcast.science.games import audits  # noqa: PLC0415

        read = read_targets(file)
        allocate = audits.allocate_independent if against == "independent" else audits.allocate_adversary
        found = allocate(audits.Targets.of(**read.columns), budget=float(budget), unit=unit, method=method)
        drawn = None if seed is None else audits.draw(found.marginals.tolist(), seed=seed, order=order)
        rows = _rows(read, found, drawn)
        files.write_results(
            to_csv,
            lambda: (list(rows[0]), [list(row.values()) for row in rows]),
            picture,
            lambda spoken: _draw(rows, spoken),
            language=spoken,
        )
        if as_json:
            print_json(_answer(rows, found, drawn, spoken))
        else:
            show(*_in_tables(rows, found, drawn, spoken))


def _rows(read: "TargetTable", found: "Allocation", drawn: "Draw | None") -> list[dict[str, Any]]:
    """One row for each target, as CSV and JSON have them."""
    from fieldcast.science.games.audits import Targets  # noqa: PLC0415

    thresholds = Targets.of(**read.columns).thresholds.tolist()
    chosen = None if drawn is None else set(drawn.chosen)
    return [
        {
            "name": name,
            "marginal": marginal,
            "threshold": threshold,
            "deterred": marginal >= threshold,
            "drawn": None if chosen is None else place in chosen,
        }
        for place, (name, marginal, threshold) in enumerate(
            zip(read.names, found.marginals.tolist(), thresholds, strict=True)
        )
    ]


def _answer(
    rows: list[dict[str, Any]], found: "Allocation", drawn: "Draw | None", language: str
) -> dict[str, Any]:
    sums = {
        name: getattr(found, name)
        for name in (
            "expected_harm",
            "audit_cost",
            "loss",
            "bound",
            "gap",
            "exact",
            "used",
            "attacked",
            "level",
        )
        if hasattr(found, name)
    }
    return {
        "targets": rows,
        "marginals": [row["marginal"] for row in rows],
        "drawn": None if drawn is None else [rows[place]["name"] for place in drawn.chosen],
        "seed": None if drawn is None else drawn.seed,
        "order": None if drawn is None else drawn.order,
        "start": None if drawn is None else float(drawn.start),
        **sums,
        "sentence": found.sentence.in_(language),
    }


def _draw(rows: list[dict[str, Any]], language: str) -> str:
    from fieldcast.science.games import pictures  # noqa: PLC0415 — only pictures wait for it

    return pictures.marginals(
        names=[row["name"] for row in rows],
        chances=[row["marginal"] for row in rows],
        drawn=[bool(row["drawn"]) for row in rows],
        language=language,
    )


def _in_tables(
    rows: list[dict[str, Any]], found: "Allocation", drawn: "Draw | None", language: str
) -> tuple[Any, ...]:
    yes, no = (words.in_(language) for words in (Text(en="yes", zh="是"), Text(en="no", zh="否")))
    first = sorted(rows, key=lambda row: (not row["drawn"], -row["marginal"]))[:SHOWN]
    columns = [
        Text(en="Target", zh="对象"),
        Text(en="Chance", zh="抽查概率"),
        Text(en="Needed to deter", zh="多少才不敢"),
        Text(en="Deterred", zh="不敢作假"),
        Text(en="Drawn", zh="抽中"),
    ]
    cells = [
        [
            row["name"],
            percent(row["marginal"], language),
            percent(row["threshold"], language),
            yes if row["deterred"] else no,
            NOTHING if row["drawn"] is None else yes if row["drawn"] else no,
        ]
        for row in first
    ]
    parts: list[Any] = [
        bold(found.sentence.in_(language)),
        table([each.in_(language) for each in columns], cells),
    ]
    if len(rows) > SHOWN:
        more = Text(
            en=f"{len(rows) - SHOWN} more: --csv writes all of them.",
            zh=f"还有 {len(rows) - SHOWN} 个：--csv 全部写出。",
        )
        parts.append(more.in_(language))
    if drawn is None:
        parts.append(NO_DRAW.in_(language))
    return tuple(parts)
