"""Operations keep the names that programs were made from."""

import re
from pathlib import Path

from tests.api.document import document

KEPT = Path(__file__).parent / "operation_names.txt"


def named() -> list[str]:
    """Every operation as `name METHOD /path`, by name."""
    return sorted(
        f"{operation['operationId']} {method.upper()} /api/v1{path}"
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    )


def test_every_operation_has_a_short_name_of_its_own() -> None:
    names = [line.partition(" ")[0] for line in named()]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z]*)*", name) or len(name) > 30] == []


def test_names_that_were_given_out_stay() -> None:
    """A new operation gets its line in the list; one whose name or address changes breaks what was made from it."""
    assert named() == KEPT.read_text(encoding="utf-8").splitlines()
