"""The page of locks names every lock the code takes, and no other."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.docs import pages

SOURCE = pages.ROOT / "src" / "fieldcast"
LOCK = re.compile(
    r"\bFOR (?:NO KEY )?UPDATE\b|\bFOR (?:KEY )?SHARE\b|\bLOCK TABLE\b|\bpg_(?:try_)?advisory_\w*lock\b"
)
HOLDERS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Assign, ast.AnnAssign)
MAY_LOCK = re.compile(rf"{LOCK.pattern}|select_for_update")  # without which there is nothing to look for
NAMED = re.compile(r"hashtext(?:extended)?\('([^']+)'|\"(fieldcast\.[a-z]+:)")


def page() -> str:
    return (pages.DOCS / "reference" / "locks.md").read_text(encoding="utf-8")


def locks_of(text: str) -> Iterator[str]:
    """The functions or constants of Python source whose code locks. Comments and docstrings are no code."""
    tree = ast.parse(text if MAY_LOCK.search(text) else "")
    for holder in tree.body:
        for within in ast.walk(holder) if isinstance(holder, ast.ClassDef) else [holder]:
            if isinstance(within, HOLDERS) and any(locks(node) for node in ast.walk(within)):
                yield name_of(within)


def locks(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        node.value.value = ""  # a docstring
    if isinstance(node, ast.Attribute):
        return node.attr == "select_for_update"
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(LOCK.search(node.value))


def name_of(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Assign | ast.AnnAssign) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return node.name
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return ast.unparse(target)


def taken() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            place = path.relative_to(SOURCE).as_posix()
            found |= {(place, name) for name in locks_of(path.read_text(encoding="utf-8"))}
    for path in sorted(SOURCE.rglob("*.sql")):
        code = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
        if LOCK.search(code):
            found.add((path.relative_to(SOURCE).as_posix(), ""))
    return found


def test_every_lock_statement_is_on_the_page_and_no_other() -> None:
    table = pages.section(page(), "Every statement")
    said = set(re.findall(r"^\| `([a-z_/.]+)` \| (?:`(\w+)`)? *\| \S", table, re.MULTILINE))
    found = taken()
    assert sorted(found - said) == [], "add these to docs/reference/locks.md, and look at the order"
    assert sorted(said - found) == []


def test_every_advisory_key_is_on_the_page_with_its_file() -> None:
    table = pages.section(page(), "Advisory keys")
    said = re.findall(r"^\| `([\w.:]+)` \|.*\| `([a-z_/.]+)` \|", table, re.MULTILINE)
    assert [key for key, place in said if key not in (SOURCE / place).read_text(encoding="utf-8")] == []
    users = {
        path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8")
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and "advisory_" in path.read_text(encoding="utf-8")
    }
    assert sorted(users) == sorted({place for _key, place in said})
    named = {key or other for text in users.values() for key, other in NAMED.findall(text)}
    assert named - {key for key, _place in said} == set()
    assert len({key for key, _place in said}) == len(said)


@pytest.mark.parametrize(
    "line",
    [
        "rows.select_for_update(no_key=True)",
        'run("SELECT 1 FOR UPDATE")',
        'run("SELECT pg_try_advisory_lock(1)")',
    ],
)
def test_a_lock_in_new_code_is_found(line: str) -> None:
    assert list(locks_of(f"def quickly():\n    return {line}\n")) == ["quickly"]


def test_words_about_a_lock_are_none() -> None:
    assert list(locks_of('def slowly():\n    """Never FOR UPDATE."""\n    # FOR UPDATE\n')) == []
