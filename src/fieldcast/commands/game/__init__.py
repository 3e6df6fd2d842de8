"""The game laboratory: what supervision, fines and audits do, worked out in numbers.

Nothing here needs the database or waits for the platform to start. Each sub-command is a module of its own and loads
what it computes with only when it is called; numbers are taken exactly as written; a file appears whole or not at all.
"""

import typer

from fieldcast.commands.game import audit, design, equilibria, errata, evolve, solve, sweep, table

app = typer.Typer(add_completion=False, no_args_is_help=True)


@app.callback()
def game() -> None:
    """The game laboratory: what supervision, fines and audits do, worked out in numbers."""


app.command()(solve.solve)
app.command()(table.table)
app.command()(errata.errata)
app.command()(equilibria.equilibria)
app.command()(sweep.sweep)
app.command()(design.design)
app.command()(evolve.evolve)
app.command()(audit.audit)
