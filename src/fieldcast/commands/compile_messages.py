"""Compile the translations that changed.

Set-up and every start do so by themselves.
"""

import typer

app = typer.Typer(add_completion=False)


@app.command()
def compile_messages() -> None:
    """Compile the translations that changed."""
    from fieldcast.config import messages  # noqa: PLC0415 — help should not wait

    for catalogue in messages.compile_stale():
        typer.echo(f"Compiled {catalogue.relative_to(messages.LOCALE)}")
