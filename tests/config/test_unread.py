"""A file of tests is left unread only when none of its tests can be asked for."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from tests import unread

QUICK = "not (browser or concurrency or thorough or soak or pages)"
THOROUGH = "thorough and not soak"
BROWSER = "(browser or concurrency) and not soak"
WHOLE = "pytestmark = [\n    pytest.mark.django_db,\n    pytest.mark.{},\n]\n\n\ndef test_it() -> None: ...\n"
ONE = "pytestmark = pytest.mark.django_db\n\n\n@pytest.mark.{}\ndef test_it() -> None: ...\n"
BARE = "pytestmark = pytest.mark.django_db\n\n\ndef test_it() -> None: ...\n"


@pytest.mark.parametrize(
    ("text", "read_by"),
    [
        (BARE, {QUICK}),
        (WHOLE.format("thorough"), {THOROUGH}),
        (WHOLE.format("browser"), {BROWSER}),
        (WHOLE.format("soak"), set()),
        (ONE.format("thorough"), {QUICK, THOROUGH}),
        (ONE.format("concurrency"), {QUICK, BROWSER}),
        ("pytestmark = pytest.mark.thorough  # each starts a process\n", {THOROUGH}),
        (WHOLE.format("thorough") + ONE.format("browser"), {THOROUGH, BROWSER}),
    ],
)
def test_a_file_is_read_where_one_of_its_tests_may_be_asked_for(text: str, read_by: set[str]) -> None:
    parts = (QUICK, THOROUGH, BROWSER)
    assert {part for part in parts if not unread.is_unread(text, asked=part)} == read_by


def test_what_draws_pages_is_known_by_its_folder() -> None:
    pages, base = unread.HERE / "web" / "coop" / "test_x.py", unread.HERE / "web" / "base" / "test_x.py"
    assert unread.is_unread(BARE, asked=QUICK, path=pages)
    assert not unread.is_unread(BARE, asked="pages or thorough", path=pages)
    assert not unread.is_unread(BARE, asked=QUICK, path=base)
    assert unread.is_unread(BARE, asked="pages or thorough", path=base)


@pytest.mark.parametrize("asked", ["django_db", "thorough and slow", "not django_db"])
def test_what_is_asked_by_another_mark_leaves_nothing_unread(asked: str) -> None:
    assert not unread.is_unread(BARE, asked=asked)
    assert not unread.is_unread(WHOLE.format("browser"), asked=asked)


def test_a_mark_that_a_file_does_not_name_itself_is_refused(request: pytest.FixtureRequest) -> None:
    own = cast("pytest.Item", request.node)
    assert unread.marked_elsewhere([own]) == []
    marks: Any = SimpleNamespace(nodeid="test_x", path=own.path.with_name("__init__.py"))
    marks.iter_markers = lambda: iter([pytest.mark.thorough.mark])
    assert unread.marked_elsewhere([marks]) == ["test_x: thorough"]
