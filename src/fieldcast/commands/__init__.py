"""The sub-commands of `fieldcast`, one module each, found by file name and loaded only when asked for.

A module here holds `app`, a `typer.Typer(add_completion=False)`: with one command it is that command, with more (or
a callback) a group.
Its name is the file's, `_` read as `-` and a last `_` dropped (`import_.py` is `fieldcast import`); the first line of
its docstring is its line in `fieldcast --help`. Modules whose name begins with `_` are shared parts, not commands.
"""

import ast
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Listed:
    """A command that exists, known without loading it."""

    name: str
    module: str
    line: str


def listed() -> Iterator[Listed]:
    """Every command, in the order of their names."""
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            name = module.name.removesuffix("_").replace("_", "-")
            yield Listed(name=name, module=f"{__name__}.{module.name}", line=_first_line(module.name))


def _first_line(module: str) -> str:
    source = Path(__path__[0]) / f"{module}.py"
    if not source.exists():
        source = Path(__path__[0]) / module / "__init__.py"
    return (ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "").split("\n", 1)[0]
