"""What everyone would earn at other prices, volumes, returns and unsold shares, and whether the promise deters."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fieldcast.commands import _options
from fieldcast.commands._words import speak
from fieldcast.commands.agreement import _file

if TYPE_CHECKING:
    from fieldcast.agreements.composed.what_if import Axes, Cell, Stage

File = Annotated[
    Path, typer.Argument(help="JSON: a case with terms, lines and facts; with grid, chain and promise.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]
MOST_TRIED = 12  # of each axis
MOST_BP = 100_000
MOST_LINES = 1_000_000  # in all combinations together: about half a minute
WIDE = 120


def what_if(*, file: File, as_json: AsJson = False, language: _options.Language = None) -> None:
    """Work out what everyone would earn at other prices, volumes, returns and unsold shares."""
    spoken = _options.spoken(language)
    speak(spoken)
    from fieldcast.agreements.composed import read_terms, what_if, work_out  # noqa: PLC0415 — help need not wait

    case = _file.read_case(file)
    terms, lines, facts = read_terms(case["terms"]), _file.lines_of(case, file), _file.facts_of(case, file)
    axes = _axes(case, file)
    tried = math.prod(map(len, asdict(axes).values()))
    if tried * len(lines) > MOST_LINES:
        raise _file.NoCase(file=file, reason=f"grid × lines = {tried:,} × {len(lines):,} > {MOST_LINES:,}")
    cells = what_if.grid(terms, lines, facts, axes)
    usual = work_out(terms, lines, facts)
    deters, sentence = _promise(case, file, spoken)
    answer: dict[str, Any] = {
        "grid": [asdict(cell) for cell in cells],
        "worst_for_farmer": asdict(what_if.worst_for_farmer(cells)),
        "farmer_share_bp": what_if.share_bp(usual.totals.get("farmer", 0), usual.net_fen),
        "chain_share_bp": _chain(case, file),
        "deters": deters,
        "sentence": sentence,
    }
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        _show(cells, answer)


def _axes(case: Mapping[str, Any], file: Path) -> "Axes":
    from fieldcast.agreements.composed.what_if import Axes  # noqa: PLC0415 — as above

    said = _mapping(case, "grid", file)
    usual = asdict(Axes())
    if unknown := set(said) - set(usual):
        raise _file.NoCase(file=file, reason=f"grid: {', '.join(sorted(unknown))}")
    for name, tried in said.items():
        most = MOST_BP if name in ("price_bp", "volume_bp") else 10_000
        if not isinstance(tried, list) or not 1 <= len(tried) <= MOST_TRIED:
            raise _file.NoCase(file=file, reason=f"grid.{name}: 1–{MOST_TRIED}")
        usual[name] = tuple(_whole(value, f"grid.{name}", file, most=most) for value in tried)
    return Axes(**usual)


def _chain(case: Mapping[str, Any], file: Path) -> int | None:
    """The farmer's share in the long chain; None where it is not said, or has a gap."""
    from fieldcast.agreements.composed.what_if import chain_share_bp  # noqa: PLC0415 — as above

    said = _mapping(case, "chain", file)
    rows = said.get("stages", [])
    if not isinstance(rows, list):
        raise _file.NoCase(file=file, reason="chain.stages")
    consumer = said.get("consumer_fen")
    if consumer is not None:
        consumer = _whole(consumer, "chain.consumer_fen", file)
    return chain_share_bp(
        [_stage(row, at, file) for at, row in enumerate(rows, start=1)], consumer_fen=consumer
    )


def _stage(row: Any, at: int, file: Path) -> "Stage":
    from fieldcast.agreements.composed.what_if import Stage  # noqa: PLC0415 — as above

    if not isinstance(row, Mapping):
        raise _file.NoCase(file=file, reason=f"chain.stages[{at}]")
    figures = {
        name: _whole(row[name], f"chain.stages[{at}].{name}", file)
        for name in ("fen", "added_bp")
        if row.get(name) is not None
    }
    return Stage(name=str(row.get("name", at)), **figures)


def _promise(case: Mapping[str, Any], file: Path, language: str) -> tuple[bool | None, str]:
    """Whether the penalty deters, and the sentence that says so; None and nothing where no promise is said."""
    said = _mapping(case, "promise", file)
    if not said:
        return None, ""
    from fieldcast.science.errors import BadParameter  # noqa: PLC0415 — as above
    from fieldcast.science.games.design import contract  # noqa: PLC0415

    figures = {name: _whole(value, f"promise.{name}", file) for name, value in said.items()}
    try:
        checked = contract.contract_check(
            contract.Terms(
                gain=figures.pop("gain_fen", 0) / 100,
                penalty=figures.pop("penalty_fen", 0) / 100,
                deposit=figures.pop("deposit_fen", 0) / 100,
                collection=figures.pop("collection_bp", 10_000) / 10_000,
                detection=figures.pop("detection_bp", 10_000) / 10_000,
            )
        )
    except BadParameter as wrong:
        raise _file.NoCase(file=file, reason=f"promise: {wrong.text.in_(language)}") from wrong
    if figures:
        raise _file.NoCase(file=file, reason=f"promise: {', '.join(sorted(figures))}")
    return checked.deters, checked.sentence.in_(language)


def _mapping(case: Mapping[str, Any], name: str, file: Path) -> Mapping[str, Any]:
    said = case.get(name, {})
    if not isinstance(said, Mapping):
        raise _file.NoCase(file=file, reason=name)
    return said


def _whole(value: Any, name: str, file: Path, *, most: int = 10**12) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
        return value
    raise _file.NoCase(file=file, reason=f"{name} = {value!r:.40}: 0–{most:,}")


def _show(cells: Sequence["Cell"], answer: Mapping[str, Any]) -> None:
    """The worst for the farmer first, then the rest; one row a combination, what each role has beside it."""
    from rich.console import Console  # noqa: PLC0415 — programs need not wait for it
    from rich.table import Table  # noqa: PLC0415

    from fieldcast.agreements.clauses.words import percent  # noqa: PLC0415
    from fieldcast.agreements.composed.words import axis, of_role  # noqa: PLC0415
    from fieldcast.kit.money import yuan  # noqa: PLC0415

    every = dict.fromkeys(role for cell in cells for role in cell.totals)
    roles = [
        role for role in every if ":" not in role
    ]  # neither single households nor pools: the JSON has them
    axes = ("price_bp", "volume_bp", "returned_bp", "unsold_bp")
    table = Table(box=None, pad_edge=False)
    for name in axes:
        table.add_column(axis(name), justify="right")
    for role in roles:
        table.add_column(of_role(role), justify="right")
    for cell in sorted(cells, key=lambda one: one.farmer_fen):
        figures = [percent(getattr(cell, name)) for name in axes]
        table.add_row(*figures, *(f"¥{yuan(cell.totals.get(role, 0))}" for role in roles))
    console = Console(soft_wrap=True)
    console.width = max(console.width, WIDE)  # figures that are cut short are none
    console.print(table)
    if answer["sentence"]:
        console.print(answer["sentence"], markup=False, highlight=False)
