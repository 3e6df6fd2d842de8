"""Writing an answer: at the client's pace, but not for ever."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from fieldcast.config.edge import answers
from fieldcast.config.edge.answers import Answer, FilePart, write


class Reader:
    """A client that takes so many pieces of an answer, then none; or leaves."""

    def __init__(self, takes: int, *, leaves: bool = False) -> None:
        self.takes, self.leaves = takes, leaves
        self.sent: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        while not (self.leaves and len(self.sent) > self.takes):
            await asyncio.sleep(0.01)
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if len(self.sent) > self.takes and not self.leaves:
            await asyncio.Event().wait()
        await asyncio.sleep(0.005)
        self.sent.append(message)

    def take(self, answer: Answer) -> bytes:
        asyncio.run(write(answer, self.receive, self.send))
        return b"".join(message.get("body", b"") for message in self.sent)


def open_file(tmp_path: Path, size: int) -> FilePart:
    path = tmp_path / "film"
    path.write_bytes(bytes(range(256)) * (size // 256))
    return FilePart(os.open(path, os.O_RDONLY), 0, size)


def is_open(part: FilePart) -> bool:
    try:
        os.fstat(part.handle)
    except OSError:
        return False
    return True


def test_a_file_is_sent_in_pieces_and_closed(tmp_path: Path) -> None:
    part = open_file(tmp_path, 1024 * 1024)
    reader = Reader(takes=10**6)
    assert reader.take(Answer(200, [], part)) == (tmp_path / "film").read_bytes()
    assert max(len(message.get("body", b"")) for message in reader.sent) <= answers.PIECE
    assert not is_open(part)


def test_a_part_of_a_file_is_sent_from_where_it_begins(tmp_path: Path) -> None:
    part = open_file(tmp_path, 1024 * 1024)
    middle = FilePart(part.handle, 300_000, 200_000)
    assert (
        Reader(takes=10**6).take(Answer(206, [], middle)) == (tmp_path / "film").read_bytes()[300_000:500_000]
    )


@pytest.mark.parametrize("leaves", [False, True])
def test_who_takes_nothing_or_leaves_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leaves: bool
) -> None:
    monkeypatch.setattr(answers, "WRITE_SECONDS", 0.1)
    part = open_file(tmp_path, 4 * 1024 * 1024)
    reader = Reader(takes=3, leaves=leaves)
    assert len(reader.take(Answer(200, [], part))) < 4 * 1024 * 1024
    assert reader.sent[-1].get("more_body")  # the server closes what was left unfinished
    assert not is_open(part)
