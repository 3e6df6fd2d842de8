"""The `fieldcast` command: finds the sub-command that was asked for and loads that one alone.

To add a sub-command, add a module to `fieldcast.commands`; nothing here changes. What needs the database begins with
`fieldcast.config.setup.django(...)`; what needs none starts without waiting for it. A sub-command lets every `Problem`
pass: it becomes one sentence with its advice on standard error, and exit status 1.
"""

import importlib
import os
import sys
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from fieldcast import commands
from fieldcast.commands._words import speak
from fieldcast.kit.errors import Problem

HELP = "Fieldcast (田播): an open platform on which a county runs honest live commerce."


class Lazy(TyperCommand):
    """A lazy command: listed by name and first line, loaded when it is called or asked for help."""

    def __init__(self, listed: commands.Listed) -> None:
        super().__init__(name=listed.name, help=listed.line, short_help=listed.line)
        self._module = listed.module

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Load the module and let its command read the arguments."""
        command = get_command(importlib.import_module(self._module).app)
        return command.make_context(info_name, args, parent=parent, **extra)


def build() -> TyperGroup:
    """The whole command, without any sub-command loaded."""
    return TyperGroup(
        name="fieldcast",
        help=HELP,
        no_args_is_help=True,
        commands=[Lazy(listed) for listed in commands.listed()],
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without Chinese must not end a sale
    try:
        build()(prog_name="fieldcast")
    except Problem as problem:
        _refuse(problem)
    except OSError as error:
        from fieldcast.config import disk  # noqa: PLC0415 — help should not wait for it

        problem_of_the_disk = disk.problem_of(error)
        if problem_of_the_disk is None:
            raise
        _refuse(problem_of_the_disk)


def _refuse(problem: Problem) -> NoReturn:
    typer.echo(in_words(problem), err=True)
    raise SystemExit(1) from None


def in_words(problem: Problem) -> str:
    """The problem in the language of the settings, even when what went wrong is that nothing could be set up."""
    from django.apps import apps  # noqa: PLC0415 — most commands end well
    from django.conf import settings  # noqa: PLC0415

    if not settings.configured and not apps.ready:
        speak(_language())
    return str(problem)


def _language() -> str:
    """The language asked for, without making a home to keep secrets in."""
    from fieldcast.config import environment  # noqa: PLC0415

    asked = {name: value for name, value in os.environ.items() if name == "FIELDCAST_LANGUAGE"}
    return environment.read({**asked, "FIELDCAST_SECRET_KEY": "-", "FIELDCAST_FIELD_KEY": "-"}).language


if __name__ == "__main__":
    main()
