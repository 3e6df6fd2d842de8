"""Reading a body: limits of time, size and room, each seen to be kept."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from fieldcast.config.edge import bodies
from fieldcast.config.edge.bodies import Body, Reading, read
from fieldcast.config.edge.budget import Budget
from fieldcast.config.edge.problems import BodyCutOff, BodyTooLarge, BodyTooSlow, Busy

Piece = dict[str, Any]


def sender(*pieces: bytes, pause: float = 0, then: str = "end") -> Callable[[], Awaitable[Piece]]:
    """A client that sends `pieces`, waiting before each, and then ends, breaks off or falls silent."""
    left = list(pieces)

    async def receive() -> Piece:
        await asyncio.sleep(pause)
        if left:
            piece = left.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(left) or then != "end"}
        if then == "silence":
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return receive


def reading(tmp_path: Path, *, expected: int | None = None, most: int = 10**6, room: int = 10**7) -> Reading:
    budget = Budget(total=room, share=room)
    return Reading(expected=expected, most=most, directory=tmp_path / "incoming", budget=budget, address="a")


def took(receive: Callable[[], Awaitable[Piece]], how: Reading) -> Body:
    return asyncio.run(read(receive, how))


def test_a_small_body_stays_in_memory_and_a_large_one_lies_in_the_home(tmp_path: Path) -> None:
    small = took(sender(b"abc", b"def"), reading(tmp_path, expected=6))
    assert small.file.read() == b"abcdef"
    assert not (tmp_path / "incoming").exists()
    large = took(sender(*[b"x" * 100_000] * 4), reading(tmp_path, expected=400_000))
    with large.file as kept:
        assert kept.read() == b"x" * 400_000
    assert (tmp_path / "incoming").stat().st_mode & 0o777 == 0o700
    assert list((tmp_path / "incoming").iterdir()) == []  # a file without a name


@pytest.mark.parametrize("expected", [7, None])
def test_a_body_that_breaks_off_is_refused(tmp_path: Path, expected: int | None) -> None:
    with pytest.raises(BodyCutOff):
        took(sender(b"abc", then="break"), reading(tmp_path, expected=expected))


def test_a_body_shorter_than_it_said_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BodyCutOff):
        took(sender(b"abc"), reading(tmp_path, expected=7))


def test_a_client_that_falls_silent_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "SILENCE_SECONDS", 0.1)
    with pytest.raises(BodyTooSlow):
        took(sender(b"abc", then="silence"), reading(tmp_path, expected=7))


def test_a_body_that_drips_is_given_the_time_its_size_earns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "GRACE_SECONDS", 0.2)
    with pytest.raises(BodyTooSlow):
        took(sender(*[b"x"] * 100, pause=0.01), reading(tmp_path, expected=100))
    earned = took(sender(*[b"x" * 10_000] * 10, pause=0.04), reading(tmp_path, expected=100_000))
    assert earned.size == 100_000


def test_more_than_is_allowed_is_refused_while_it_comes(tmp_path: Path) -> None:
    with pytest.raises(BodyTooLarge):
        took(sender(*[b"x" * 100] * 20), reading(tmp_path, most=1000))


def test_what_is_held_for_bodies_is_bounded_in_all_and_for_one_address(tmp_path: Path) -> None:
    how = reading(tmp_path, expected=600, room=1000)
    first = took(sender(b"x" * 600), how)
    with pytest.raises(Busy):
        took(sender(b"x" * 600), how)
    first.close()
    assert took(sender(b"x" * 600), how).size == 600
    shared = Budget(total=1000, share=300)
    shared.take("a", 300)
    with pytest.raises(Busy):
        shared.take("a", 1)
    shared.take("b", 300)


def test_what_was_held_for_a_refused_body_is_free_again(tmp_path: Path) -> None:
    how = reading(tmp_path, expected=700, room=1000)
    with pytest.raises(BodyCutOff):
        took(sender(b"x" * 600, then="break"), how)
    assert how.budget.held == 0


def test_a_full_disk_is_said_and_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "incoming").write_text("a file where the directory was to be")
    how = reading(tmp_path, expected=400_000)
    with pytest.raises(Busy):
        took(sender(*[b"x" * 100_000] * 4), how)
    assert how.budget.held == 0
