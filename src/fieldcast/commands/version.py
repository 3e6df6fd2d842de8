"""Print the version of the program."""

import typer

from fieldcast import __version__

app = typer.Typer(add_completion=False)


@app.command()
def version() -> None:
    """Print the version of the program."""
    typer.echo(__version__)
