"""Run the platform with an invented county in it, to look around and try things.

The county is made once and kept; people sign in with one click, and no real money moves.
"""

import os
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from fieldcast.commands import _options, _running
from fieldcast.config.environment import MOST_VIEWERS

SEED = 7
VIEWERS = 24

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    *,
    port: _options.Port = None,
    provider_port: _options.ProviderPort = None,
    language: _options.Language = None,
    workers: _options.Workers = None,
    home: _options.Home = None,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demo data away and begin anew.")] = False,
    seed: Annotated[int, typer.Option("--seed", help="Another number makes another county.")] = SEED,
    viewers: Annotated[
        int | None,
        typer.Option(
            "--viewers",
            min=0,
            max=MOST_VIEWERS,
            help="Invented people in its rooms, who write and buy (default: 24; 0: none).",
        ),
    ] = None,
) -> None:
    """Run the platform with an invented county in it, to look around and try things. Ctrl+C stops it."""
    if viewers is None and not os.environ.get("FIELDCAST_DEMO_VIEWERS"):
        viewers = VIEWERS
    env = _options.read(
        home=home,
        port=port,
        provider_port=provider_port,
        language=language,
        workers=workers,
        demo=True,
        viewers=viewers,
    )

    def prepare() -> None:
        if reset:
            _running.throw_away(env)
        _running.bring_up_to_date(env)
        load(seed=seed)

    _running.run(env, prepare=prepare, announce=introduce)


def load(*, seed: int) -> None:
    """Make the demo county, unless it is there."""
    from django.utils.translation import gettext  # noqa: PLC0415 — Django is ready only now

    from fieldcast.demo.load import load_demo  # noqa: PLC0415

    typer.echo(gettext("Looking after the demo county … The first time this takes about a minute."))
    load_demo(seed=seed, now=datetime.now(UTC), say=typer.echo)


def introduce() -> None:
    """Print the people one can sign in as."""
    from django.utils.translation import gettext  # noqa: PLC0415 — Django is ready only now

    from fieldcast.demo.people import sign_in_table  # noqa: PLC0415

    table = Table(title=gettext("Some of the people to sign in as, with one click on the sign-in page"))
    for heading in (gettext("Name"), gettext("Organisation"), gettext("Role"), gettext("Phone")):
        table.add_column(heading)
    for row in sign_in_table():
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
