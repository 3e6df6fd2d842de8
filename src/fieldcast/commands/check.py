"""Check the settings and the models for mistakes, with --deploy also for what a public site must not have.

With --deploy a warning counts as a mistake, and a database that is there is asked whether the field key is its own.
"""

from typing import Annotated

import typer

from fieldcast.commands import _options

app = typer.Typer(add_completion=False)


@app.command()
def check(
    home: _options.Home = None,
    deploy: Annotated[bool, typer.Option("--deploy", help="Also check what a public site needs.")] = False,
) -> None:
    """Check the settings and the models for mistakes. Exit status 1 when there are any."""
    from django.core.management import CommandError, call_command  # noqa: PLC0415 — help should not wait

    from fieldcast.config import database, provision, setup  # noqa: PLC0415

    env = _options.read(home=home)
    there_is_data = deploy and database.has_data(env)
    setup.django(env, with_database=there_is_data)
    try:
        call_command("check", deploy=deploy, fail_level="WARNING" if deploy else "ERROR")
    except CommandError as found:
        typer.echo(str(found), err=True)
        raise typer.Exit(1) from None
    if there_is_data:
        provision.pending_migrations()  # says whether the database can be reached at all
        provision.check_field_key()
