"""A disk that is full, too small or read-only: a sentence, and everything goes on when the cause is gone."""

import errno
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from fieldcast.config import database, logs
from fieldcast.config.disk import DiskFull, NotWritable, explained
from fieldcast.config.runner import Platform
from fieldcast.config.temporary import temporary

PAGES = "tests.config.pages:application"
SMALL = "size=6m"
ENOUGH = "size=400m"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A real small file system, to be filled; only who may mount has one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", SMALL, "tmpfs", str(place)], check=False)
    if mounted.returncode != 0:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


def eventually(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def home_on(place: Path) -> dict[str, str]:
    return {"FIELDCAST_SANDBOX": "", "FIELDCAST_WORKERS": "1", "FIELDCAST_HOME": str(place / "home")}


@pytest.mark.thorough  # it makes a database on a disk of its own
def test_a_disk_too_small_for_a_database_is_a_sentence_and_a_larger_one_is_well(disk: Path) -> None:
    with temporary(variables=home_on(disk), home=disk) as env:
        with pytest.raises(DiskFull) as refused:
            database.uri(env)
        assert str(env.home) in str(refused.value)
        remount(disk, ENOUGH)
        with psycopg.connect(database.uri(env)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_home_that_may_not_be_written_is_a_sentence_of_the_command(disk: Path) -> None:
    remount(disk, "ro")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FIELDCAST_")}
    refused = subprocess.run(
        [sys.executable, "-m", "fieldcast.cli", "up", "--language", "en"],
        env={**clean, "FIELDCAST_HOME": str(disk / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    remount(disk, "rw")
    assert refused.returncode == 1
    assert str(disk / "home") in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.thorough
def test_processes_are_started_again_on_a_full_disk_which_is_said_once(
    disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    remount(disk, ENOUGH)
    with (
        temporary(variables=home_on(disk), home=disk) as env,
        Platform(environment=env, prepare=lambda _: None, pages=PAGES, jobs=False) as platform,
    ):
        fill(disk)
        for _ in range(2):
            kill_pages(platform)
            eventually(lambda: answers(platform))
        assert platform._failure is None
        eventually(lambda: "磁盘满了" in (said := capsys.readouterr().err) and said.count("磁盘满了") == 1)
        (disk / "filler").unlink()
        noted = env.home / "run" / "platform.json"
        eventually(lambda: str(platform._processes[0].pid) in noted.read_text())
        eventually(lambda: (env.home / "run" / "restarts.json").stat().st_size > 0)


def fill(place: Path) -> None:
    done = subprocess.run(
        ["dd", "if=/dev/zero", f"of={place / 'filler'}", "bs=64k"], capture_output=True, check=False
    )
    assert b"No space" in done.stderr


def kill_pages(platform: Platform) -> None:
    process = platform._processes[0]
    former = process.pid
    assert former is not None
    os.kill(former, signal.SIGKILL)
    eventually(lambda: process.pid not in {None, former})


def answers(platform: Platform) -> bool:
    try:
        return httpx.get(f"{platform.url}/").is_success
    except httpx.TransportError:
        return False


@pytest.mark.parametrize(("number", "problem"), [(errno.ENOSPC, DiskFull), (errno.EROFS, NotWritable)])
def test_what_the_disk_refuses_names_the_place(number: int, problem: type, tmp_path: Path) -> None:
    with pytest.raises(problem, match="somewhere"), explained(tmp_path / "somewhere"):
        raise OSError(number, os.strerror(number), "somewhere/else")


WRITER = """
for n in range(3000): print('line', n)
input()
print('the last line')
"""


def test_a_log_turns_over_while_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LOG_BYTES", 4000)
    log, old = tmp_path / "pages.log", tmp_path / "pages.old.log"
    with (
        log.open("ab") as written,
        subprocess.Popen([sys.executable, "-uc", WRITER], stdin=subprocess.PIPE, stdout=written) as writer,
    ):
        while not old.exists():
            logs.turn_over(log)
        writer.communicate(b"\n")
    logs.turn_over(log)
    kept = log.read_bytes()
    assert len(kept) <= 4000
    assert 0 < old.stat().st_size <= 4000
    assert b"the last line" in kept + old.read_bytes()
    assert b"\0" not in kept


def test_a_log_that_cannot_be_set_aside_still_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "LOG_BYTES", 4000)
    monkeypatch.setattr(logs, "LAST_BYTES", 100)
    log = tmp_path / "pages.log"
    log.write_text("line\n" * 1000 + "the last words\n")
    (tmp_path / "pages.old.draft").mkdir()  # nothing can be written there
    logs.turn_over(log)
    assert log.stat().st_size == 100
    assert log.read_text().endswith("the last words\n")


def test_a_long_address_is_cut_in_the_log() -> None:
    formatter = logs.ShortLines("%(message)s")
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: /%s", ("a" * 900,), None)
    text = formatter.format(record)
    assert len(text) == logs.LINE_LETTERS
    assert text.startswith("Not Found: /aaa")


def test_the_platform_logs_with_that_formatter() -> None:
    import fieldcast.config.settings  # noqa: F401 — sets logging up

    assert any(isinstance(handler.formatter, logs.ShortLines) for handler in logging.getLogger().handlers)
