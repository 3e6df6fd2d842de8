"""The laboratory's command, asked in this process; `really` asks it as a person does, in one of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from fieldcast.commands.game import app

POVERTY = ("--R1=140", "--R2=130", "--C=30", "--F=10", "--L=10", "--G=50", "--H1=20", "--H2=8")
UNSET: dict[str, str | None] = {"FIELDCAST_LANGUAGE": None}  # and put back afterwards, as the command sets it


def ask(*arguments: object, **environment: str) -> Result:
    """What the command says."""
    return CliRunner().invoke(app, [str(each) for each in arguments], env={**UNSET, **environment})


def answer(*arguments: object) -> Any:
    """The one JSON object that the command prints."""
    asked = ask(*arguments, "--json")
    assert asked.exit_code == 0, asked.stderr
    return json.loads(asked.stdout, parse_constant=_no_constant)


def refusal(*arguments: object, status: int = 1) -> str:
    """What the command says on standard error, saying nothing else."""
    asked = ask(*arguments)
    assert asked.exit_code == status, asked.output
    assert asked.stdout == ""
    return asked.stderr


def really(*arguments: object, home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The whole `fieldcast` command in a process of its own."""
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("FIELDCAST_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "fieldcast.cli", "game", *map(str, arguments)],
        env={**clean, "FIELDCAST_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")
