"""The figures that CONTRIBUTING gives for functions and files are those of the tree."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.docs import pages

FOLDERS = ("src", "tests", "benchmarks")


def written() -> tuple[int, int, int]:
    """Lines of a function, of a file and of a file of tests, as CONTRIBUTING says."""
    text = " ".join((pages.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
    found = re.search(r"at most (\d+) lines below .*? files at most (\d+) \(of tests (\d+)\)", text)
    assert found
    return int(found[1]), int(found[2]), int(found[3])


def sources() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from (path for path in (pages.ROOT / folder).rglob("*.py") if "migrations" not in path.parts)


def longer_than(most: int, text: str) -> list[str]:
    """Functions with more lines than that, docstring and signature not counted."""
    return [
        node.name
        for node in (statements(ast.parse(text)) if text.count("\n") > most else ())
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > most
    ]


def statements(node: ast.AST) -> Iterator[ast.AST]:
    """Every statement within: a function is one, and looking at expressions takes most of the time."""
    yield node
    for field in ("body", "orelse", "finalbody", "handlers", "cases"):
        for one in getattr(node, field, None) or ():
            yield from statements(one)


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_function_is_longer_than_contributing_says() -> None:
    most, _file, _tests = written()
    found = [
        f"{pages.name(path)}: {name}"
        for path in sources()
        for name in longer_than(most, path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_file_is_longer_than_contributing_says() -> None:
    _function, most, of_tests = written()
    found = [
        (pages.name(path), lines)
        for path in sources()
        if (lines := len(path.read_text(encoding="utf-8").splitlines()))
        > (of_tests if "tests" in path.relative_to(pages.ROOT).parts else most)
    ]
    assert found == []


def test_a_long_function_is_found() -> None:
    assert longer_than(2, 'def long(\n    a,\n):\n    """Says."""\n    a\n    a\n    a\n') == ["long"]
    assert longer_than(
        2, "if 1:\n  try:\n    x\n  except E:\n    def in_it():\n      a\n      a\n      a\n"
    ) == ["in_it"]
    assert longer_than(3, 'def long(\n    a,\n):\n    """Says."""\n    a\n    a\n    a\n') == []
