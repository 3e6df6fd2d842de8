"""Rehearse a whole sale over HTTP and check that every rule of the house held.

Buyers race for packs, pay late, pay twice, fail, leave and cancel; orders are packed, shipped, received, refunded and
settled; then the books are read from the database. Exit status 0 only when every rule held.
"""

import csv
import json
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext_lazy as _

from fieldcast.commands._own_database import own_database
from fieldcast.kit.errors import Problem

MOST_BUYERS = 5000
MOST_COMMENTS = 5000
MOST_MINUTES = 7 * 24 * 60
FAULTS = {"profile": "harsh", "late_seconds": [0.2, 2.0]}

app = typer.Typer(add_completion=False)


class CommentsUnreadable(Problem):
    """The file of comments is not what it was said to be."""

    code = "comments_unreadable"
    sentence = _("The comments in %(file)s cannot be read: %(reason)s.")
    next_step = _("Name a CSV file with --comments, and its column with --column.")


class OnlyItsOwn(Problem):
    """Processes are killed on a platform of the rehearsal's own alone."""

    code = "only_its_own"
    sentence = _("A rehearsal with --kills starts a platform of its own; it kills nothing of another one.")
    next_step = _("Leave --url out.")


class NoRehearsal(Problem):
    """There is nothing at that address to rehearse on."""

    code = "no_rehearsal"
    status = 503
    sentence = _("The rehearsal could not be carried out: %(reason)s")
    next_step = _("The platform at --url must be running in demo mode (make demo).")


@app.command()
def rehearse(
    *,
    buyers: Annotated[int, typer.Option(min=1, max=MOST_BUYERS, help="How many buyers race.")] = 300,
    packs: Annotated[
        int, typer.Option("--units", min=1, max=100_000, help="How many packs there are.")
    ] = 100,
    seed: Annotated[int, typer.Option(help="Who plays what, and which payments go wrong.")] = 7,
    comments: Annotated[
        Path | None, typer.Option(help="A CSV file whose lines the buyers say in the room.")
    ] = None,
    column: Annotated[str, typer.Option(help="The column of that file.")] = "review",
    url: Annotated[
        str | None, typer.Option(help="A platform in demo mode (default: one of its own, thrown away after).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the data directory and say where it is.")
    ] = False,
    kills: Annotated[
        bool, typer.Option("--kills", help="Kill each kind of process while the sale goes on, then tamper.")
    ] = False,
    agreements: Annotated[
        bool,
        typer.Option("--agreements", help="Play two months under terms of all six models, with kills."),
    ] = False,
    minutes: Annotated[
        float, typer.Option(min=0, max=MOST_MINUTES, help="With --kills: go on for so long, sale after sale.")
    ] = 0,
) -> None:
    """Rehearse a whole sale over HTTP and check that every rule of the house held."""
    from fieldcast.rehearsal.client import RehearsalBroken  # noqa: PLC0415 — help need not wait for these

    if (kills or agreements) and url is not None:
        raise OnlyItsOwn
    talk = _read_comments(comments, column, seed) if comments else None
    try:
        if agreements:
            ok, found, words = _agreements(buyers=buyers, packs=packs, seed=seed, keep=keep)
        elif kills:
            ok, found, words = _under_kills(buyers=buyers, packs=packs, seed=seed, minutes=minutes, keep=keep)
        else:
            ok, found, words = _plain(url, buyers=buyers, packs=packs, seed=seed, talk=talk, keep=keep)
    except RehearsalBroken as broken:
        raise NoRehearsal(reason=broken) from broken
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else words)
    if not ok:
        raise typer.Exit(1)


Outcome = tuple[bool, dict[str, Any], str]


def _plain(
    url: str | None, *, buyers: int, packs: int, seed: int, talk: list[str] | None, keep: bool
) -> Outcome:
    from fieldcast.rehearsal.report import in_words  # noqa: PLC0415
    from fieldcast.rehearsal.run import rehearse as run  # noqa: PLC0415

    with _platform(url, seed=seed, keep=keep) as address:
        report = run(url=address, buyers=buyers, packs=packs, seed=seed, comments=talk)
    return report.ok, report.to_json(), in_words(report)


def _agreements(*, buyers: int, packs: int, seed: int, keep: bool) -> Outcome:
    """Two months on a database of its own; settlement runs are processes, and some of them are killed."""
    from fieldcast.config.runner import until_told_to_stop  # noqa: PLC0415

    with until_told_to_stop(), own_database(keep=keep) as env:
        if keep:
            typer.echo(f"{env.home}", err=True)
        from fieldcast.rehearsal.agreements.report import in_words  # noqa: PLC0415 — settings come first
        from fieldcast.rehearsal.agreements.run import rehearse_agreements  # noqa: PLC0415

        found = rehearse_agreements(buyers=buyers, packs=packs, seed=seed)
        return bool(found["ok"]), found, in_words(found)
    raise typer.Exit(130)


def _under_kills(*, buyers: int, packs: int, seed: int, minutes: float, keep: bool) -> Outcome:
    from fieldcast.config.runner import until_told_to_stop  # noqa: PLC0415
    from fieldcast.config.temporary import temporary  # noqa: PLC0415
    from fieldcast.rehearsal.kills.house import House  # noqa: PLC0415
    from fieldcast.rehearsal.kills.report import kills_in_words  # noqa: PLC0415
    from fieldcast.rehearsal.kills.run import rehearse_under_kills  # noqa: PLC0415

    # told to stop, it leaves in good order: the house is a process of its own and would live on
    with until_told_to_stop(), temporary(variables={"FIELDCAST_DEMO": "1"}, keep=keep) as env:
        if keep:
            typer.echo(f"{env.home}", err=True)
        house = House(env, variables=_faults(seed))
        try:
            house.start()
            report = rehearse_under_kills(house, buyers=buyers, packs=packs, seed=seed, minutes=minutes)
        finally:
            house.stop()
        found = report.to_json()
        return bool(found["ok"]), found, kills_in_words(report)
    raise typer.Exit(130)


def _faults(seed: int) -> dict[str, str]:
    """The provider plays every trick it knows."""
    return {"FIELDCAST_SANDBOX_FAULTS": json.dumps({**FAULTS, "seed": seed})}


@contextmanager
def _platform(url: str | None, *, seed: int, keep: bool) -> Iterator[str]:
    """The address to rehearse on: `url`, or a fresh platform with a provider that plays every trick it knows."""
    if url is not None:
        yield url
        return
    from fieldcast.config.runner import Platform  # noqa: PLC0415
    from fieldcast.config.temporary import temporary  # noqa: PLC0415

    os.environ.update(
        _faults(seed)
    )  # the provider reads it from its own environment, which is made from this one
    with (
        temporary(variables={"FIELDCAST_DEMO": "1"}, keep=keep) as env,
        Platform(environment=env) as platform,
    ):
        if keep:
            typer.echo(f"{env.home}", err=True)
        yield platform.url


def _read_comments(path: Path, column: str, seed: int) -> list[str]:
    """Up to `MOST_COMMENTS` lines of a column, drawn by `seed`. Raises `CommentsUnreadable`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if column not in (reader.fieldnames or []):
                found = ", ".join(reader.fieldnames or [])
                raise CommentsUnreadable(file=path, reason=f"no column {column!r} among {found or 'none'}")
            lines = [(row[column] or "").strip().lstrip("\ufeff") for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommentsUnreadable(file=path, reason=error) from error
    lines = [line for line in lines if line]
    if not lines:
        raise CommentsUnreadable(file=path, reason="it is empty")
    random.Random(seed).shuffle(lines)  # noqa: S311 — a rehearsal must be repeatable
    return lines[:MOST_COMMENTS]
