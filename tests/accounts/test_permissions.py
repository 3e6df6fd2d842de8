"""A permission that is defined and asked nowhere is a rule that nobody keeps."""

import re
from pathlib import Path

import rules

SRC = Path(__file__).parents[2] / "src/fieldcast"


def test_every_permission_is_asked_somewhere() -> None:
    rooms = [path for path in sorted(SRC.rglob("*.py")) if path.name != "rules.py"]
    asked = {name for path in rooms for name in re.findall(r'"(\w+\.\w+)"', path.read_text(encoding="utf-8"))}
    defined = {name for name in rules.permissions.permissions if not name.startswith("admin.")}
    assert len(defined) > 10
    assert sorted(defined - asked) == []


def test_a_lots_state_is_set_where_it_is_written_down_why() -> None:
    callers = [
        path.relative_to(SRC).as_posix()
        for path in sorted(SRC.rglob("*.py"))
        if "set_lot_state(" in path.read_text(encoding="utf-8")
    ]
    assert callers == ["catalog/operations.py", "trace/operations/stopping.py"]
