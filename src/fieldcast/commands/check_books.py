"""Say whether the books hold: what is new since the last signed reading, or everything with --all.

With --all, when no row is wrong, a sealed mark says up to where, and later checks read what came after it.
"""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from fieldcast.commands import _options

app = typer.Typer(add_completion=False)


@app.command()
def check_books(
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Read everything, not only what is new since everything was read.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of lines.")] = False,
    home: _options.Home = None,
) -> None:
    """Say whether the books hold: what is new since the last signed reading, or everything with --all.

    Exit status 0 when they do, 1 when they do not.
    """
    from fieldcast.config import provision, setup  # noqa: PLC0415 — help should not wait for these

    setup.django(_options.read(home=home, with_data=True))
    provision.pending_migrations()  # says whether the database can be reached at all
    from django.utils import timezone  # noqa: PLC0415 — Django is ready only now

    from fieldcast.supervision import operations as supervision_operations  # noqa: PLC0415
    from fieldcast.supervision import queries as supervision  # noqa: PLC0415

    check = supervision_operations.check_everything if everything else supervision.invariants_since
    found = check(now=timezone.now())
    if as_json:
        typer.echo(json.dumps(asdict(found), default=str, ensure_ascii=False))
    else:
        read = (
            f"read since {found.read_since:%Y-%m-%d %H:%M} UTC" if found.read_since else "everything was read"
        )
        typer.echo(f"The books {'hold' if found.ok else 'do not hold'}: {read}.")
        for detail in found.details:
            typer.echo(f"  {detail}")
    if not found.ok:
        raise typer.Exit(1)
