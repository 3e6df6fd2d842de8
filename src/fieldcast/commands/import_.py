"""Bring in what was sold or written elsewhere.

Orders of other platforms are read from the files they export; they show in reports, never in our own stock.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fieldcast.commands import _options

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def import_() -> None:
    """Bring in what was sold or written elsewhere."""


@app.command()
def orders(
    file: Annotated[Path, typer.Argument(help="The CSV, TSV or .xlsx file, as the platform exported it.")],
    *,
    kind: Annotated[
        str,
        typer.Option(
            "--format",
            help="Whose export it is: tmall, douyin, pinduoduo, kuaishou, wechat, jd, youzan or generic.",
        ),
    ],
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="OURS=THEIRS", help="What is wanted and the file's column, such as number=单号."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and compare everything, write nothing.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of a table.")
    ] = False,
    phone: Annotated[
        str | None,
        typer.Option("--as", metavar="PHONE", help="Import as this person, with their permissions."),
    ] = None,
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisation", metavar="CODE", help="Whose orders they are (default: the county's own)."
        ),
    ] = None,
    home: _options.Home = None,
    language: _options.Language = None,
) -> None:
    """Bring in another platform's orders from its export: all rows or none; the same file twice changes nothing.

    Exit status 0 when they are in, 1 when nothing was changed.
    """
    from rich.console import Console  # noqa: PLC0415 — help should not wait for any of these

    from fieldcast.config import messages, provision, setup  # noqa: PLC0415

    messages.compile_stale()
    setup.django(_options.read(home=home, language=language, with_data=True))
    if provision.pending_migrations():
        provision.migrate()
    from fieldcast.commands import _import_orders  # noqa: PLC0415 — Django is ready only now

    status = _import_orders.run(
        path=file,
        format_code=kind,
        maps=maps or [],
        dry_run=dry_run,
        as_json=as_json,
        phone=phone,
        organisation_code=organisation,
        now=datetime.now(UTC),
        console=Console(),
        errors=Console(stderr=True),
    )
    if status:
        raise typer.Exit(status)
