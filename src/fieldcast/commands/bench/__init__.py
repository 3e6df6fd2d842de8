"""Measure the platform on this machine, each figure beside the bare limit of the same machine in the same run.

Each makes a database of its own in a directory of its own and throws both away; it never touches a county's data.
"""

import typer

from fieldcast.commands.bench import settle

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def bench() -> None:
    """Measure the platform on this machine, each figure beside the bare limit of the same machine in the same run."""


app.command()(settle.settle)
