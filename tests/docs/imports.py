"""What the code below a folder imports.

Read line by line, and with Python's own parser only where a line names a module that no file was seen to import yet: a
sentence in a docstring may begin with "import", too. Parsing every file takes twenty times as long.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

LINE = re.compile(r"^\s*(?:from (\w+)[\w.]* import\b|import (.+))", re.MULTILINE)


def imported(folder: Path) -> set[str]:
    """The first names of all modules that the code below `folder` imports."""
    found: set[str] = set()
    for path in folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if not set(_named(text)) <= found:
            found |= set(imported_by(text))
    return found


def imported_by(text: str) -> Iterator[str]:
    """The first names of the modules that Python source imports."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _named(text: str) -> Iterator[str]:
    for whole, several in LINE.findall(text):
        yield from [whole] if whole else re.findall(r"(?:^|, ?)(\w+)", several)
