"""Run the platform on this machine: database, pages and jobs.

Everything is brought up to date first; Ctrl+C stops all of it.
"""

import typer

from fieldcast.commands import _options, _running

app = typer.Typer(add_completion=False)


@app.command()
def up(
    *,
    port: _options.Port = None,
    provider_port: _options.ProviderPort = None,
    language: _options.Language = None,
    workers: _options.Workers = None,
    home: _options.Home = None,
) -> None:
    """Run the platform on this machine: database, pages and jobs. Ctrl+C stops it."""
    env = _options.read(home=home, port=port, provider_port=provider_port, language=language, workers=workers)
    _running.run(env, prepare=lambda: _running.bring_up_to_date(env), announce=_running.say_what_is_missing)
