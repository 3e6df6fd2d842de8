"""Make the demo county in the database without running the platform.

Does nothing when it is already there.
"""

from typing import Annotated

import typer

from fieldcast.commands import _options, _running
from fieldcast.commands.demo import SEED, load

app = typer.Typer(add_completion=False)


@app.command()
def load_demo(
    *,
    home: _options.Home = None,
    language: _options.Language = None,
    seed: Annotated[int, typer.Option("--seed", help="Another number makes another county.")] = SEED,
) -> None:
    """Make the demo county in the database without running the platform."""
    env = _options.read(home=home, language=language, demo=True)
    _running.bring_up_to_date(env, compress=False)
    load(seed=seed)
