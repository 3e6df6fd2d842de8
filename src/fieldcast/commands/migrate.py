"""Bring the database up to the version of the program.

`up` and `demo` do so by themselves; this is for those who run the parts apart.
"""

import typer

from fieldcast.commands import _options

app = typer.Typer(add_completion=False)


@app.command()
def migrate(home: _options.Home = None) -> None:
    """Bring the database up to the version of the program."""
    from fieldcast.config import provision, setup  # noqa: PLC0415 — help should not wait for them

    setup.django(_options.read(home=home))
    typer.echo("Migrated." if provision.bring_database_up_to_date() else "Nothing to migrate.")
