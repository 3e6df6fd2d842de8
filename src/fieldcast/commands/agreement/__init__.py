"""Agreements worked out from a file: what everyone gets of each order line and of a period.

Nothing here needs the database. Each sub-command is a module of its own and loads what it works with only when called.
"""

import typer

from fieldcast.commands.agreement import what_if, work_out

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def agreement() -> None:
    """Agreements worked out from a file: what everyone gets of each order line and of a period."""


app.command()(work_out.work_out)
app.command()(what_if.what_if)
