"""The file of restarts: what is written is read, and what cannot be read says nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fieldcast.kit import restarts
from fieldcast.kit.restarts import Program, Restarts, Why

SINCE = datetime(2026, 9, 18, 9, 30, tzinfo=UTC)


def test_what_was_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    fell = Program("pages", count=2, last_at=SINCE, why=Why.HUNG, recovered_s=3.2, longest_s=5.0)
    restarts.write(tmp_path, since=SINCE, programs=[fell, Program("jobs")])
    assert restarts.read(tmp_path) == Restarts(since=SINCE, programs=(fell, Program("jobs")))
    assert restarts.read(tmp_path).count == 2


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"since": "x", "programs": {}}', '{"programs": 7}'])
def test_a_file_that_is_missing_or_damaged_says_nothing(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "run").mkdir()
        restarts.file_of(tmp_path).write_text(text)
    assert restarts.read(tmp_path) == Restarts(since=None, programs=())
