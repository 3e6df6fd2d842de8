"""Engines a transcript's lines come from: each is a folder, and nothing else names it."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fieldcast.live import captions, operations, queries
from tests.factories.accounts import NOW
from tests.live.rooms import make_crew, open_session

pytestmark = pytest.mark.django_db
ENGINE = '''
"""An engine that hears well, shouts, and has a clock nobody can trust."""

from dataclasses import replace
from datetime import timedelta


class Shouting:
    clock_slack = timedelta(minutes=10)

    def line(self, said):
        return replace(said, text=said.text.upper())


ENGINE = Shouting()
'''


@pytest.fixture
def shouting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A folder beside those of the engines there are."""
    folder = tmp_path / "a_shouting_engine"
    folder.mkdir()
    (folder / "__init__.py").write_text(ENGINE)
    monkeypatch.setattr(captions, "__path__", [*captions.__path__, str(tmp_path)])
    yield folder.name
    sys.modules.pop(f"{captions.__name__}.{folder.name}", None)


def test_there_are_two() -> None:
    assert captions.engines() == ("api", "typed")


def test_a_folder_is_all_that_a_third_one_takes(shouting: str) -> None:
    assert captions.engines() == (shouting, "api", "typed")
    crew = make_crew()
    session = open_session(crew)
    early = NOW - timedelta(minutes=9)
    line = operations.transcribe(
        by=crew.presenter, session_id=session.id, text="14.2 brix", at=early, source=shouting, now=NOW
    )
    assert (line.text, line.source) == ("14.2 BRIX", shouting)
    assert queries.transcript(session_id=session.id) == (line,)
    with pytest.raises(operations.OutsideSession):  # a control: others have better clocks
        operations.transcribe(
            by=crew.presenter, session_id=session.id, text="a", at=early, source="api", now=NOW
        )


def test_a_line_comes_from_an_engine_there_is() -> None:
    crew = make_crew()
    session = open_session(crew)
    with pytest.raises(LookupError, match="hearsay"):
        operations.transcribe(
            by=crew.presenter, session_id=session.id, text="a", at=NOW, source="hearsay", now=NOW
        )


@pytest.mark.parametrize(("engine", "known"), [("typed", False), ("api", True)])
def test_who_types_along_does_not_say_when_a_sentence_ended(engine: str, known: bool) -> None:
    crew = make_crew()
    session = open_session(crew)
    ends = NOW + timedelta(seconds=3)
    line = operations.transcribe(
        by=crew.presenter, session_id=session.id, text="甜", at=NOW, ended_at=ends, source=engine, now=ends
    )
    assert line.ended_at == (ends if known else None)
