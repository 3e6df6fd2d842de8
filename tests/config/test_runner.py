"""The process runner, on real servers serving the smallest application."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import httpx
import psutil
import pytest

from fieldcast.config import claim
from fieldcast.config.claim import AlreadyRunning
from fieldcast.config.environment import Environment
from fieldcast.config.runner import NotPrepared, Platform, PortTaken
from fieldcast.config.temporary import temporary
from fieldcast.config.watching import KeepsStopping
from tests import ground

pytestmark = pytest.mark.thorough  # nearly every test starts a platform and waits for its end
PAGES = "tests.config.pages:application"
# a runner of its own, for tests in which the runner itself is killed
RUNNER = """
import sys
from pathlib import Path
from fieldcast.config import environment
from fieldcast.config.runner import Platform, until_told_to_stop
with (
    until_told_to_stop(),
    Platform(environment=environment.read(), prepare=lambda p: None, pages=sys.argv[1], jobs=False) as platform,
):
    print(platform.url, flush=True)
    platform.wait()
"""


@pytest.fixture
def env() -> Iterator[Environment]:
    variables = {"FIELDCAST_SANDBOX": "", "FIELDCAST_WORKERS": "1"}
    with temporary(variables=variables) as env, ground.under(env.home):
        yield env


def platform(env: Environment, *, pages: str = PAGES) -> Platform:
    return Platform(environment=env, prepare=lambda _: None, pages=pages, jobs=False)


def processes_of(env: Environment) -> list[psutil.Process]:
    """Everything that still runs with this home: servers and database alike."""
    found = []
    for process in psutil.process_iter():
        try:
            mine = process.environ().get("FIELDCAST_HOME") == str(env.home) and process.pid != os.getpid()
            if (
                mine or str(env.home / "pg") in process.cmdline()
            ) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def eventually(condition: Callable[[], object], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def terminal_counts() -> None:
    """As started from a terminal, however these tests were: what outlives its terminal takes no hang-up."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def separate_runner(env: Environment) -> "subprocess.Popen[str]":
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FIELDCAST_")}
    environ.pop("XDG_RUNTIME_DIR", None)
    runner = subprocess.Popen(
        [sys.executable, "-c", RUNNER, PAGES],
        env={
            **environ,
            "FIELDCAST_HOME": str(env.home),
            "FIELDCAST_PORT": str(env.port),
            "FIELDCAST_PUBLIC_URL": env.public_url,
        },
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=terminal_counts,
    )
    assert runner.stdout is not None
    assert runner.stdout.readline().strip() == env.public_url
    return runner


def test_the_platform_answers_when_it_has_started_and_leaves_nothing_behind(env: Environment) -> None:
    with platform(env) as running:
        assert httpx.get(f"{running.url}/").text == str(env.home)
        assert processes_of(env)
    assert processes_of(env) == []
    assert not (env.home / "run" / "platform.json").exists()


def test_an_open_stream_does_not_keep_the_platform_from_stopping(env: Environment) -> None:
    running = platform(env)
    running.start()
    with httpx.stream("GET", f"{running.url}/watch") as stream:
        assert next(stream.iter_lines()) == "still here"
        began = time.monotonic()
        running.stop()
        assert time.monotonic() - began < 10
    assert processes_of(env) == []


def test_a_process_that_dies_is_started_again(env: Environment) -> None:
    def answers() -> bool:
        try:
            return httpx.get(f"{running.url}/").is_success
        except httpx.TransportError:
            return False

    with platform(env) as running:
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{running.url}/die")
        eventually(answers)


def test_a_process_that_keeps_dying_ends_the_platform_with_its_last_words(env: Environment) -> None:
    with pytest.raises(KeepsStopping) as failure:
        platform(env, pages="tests.config.broken:application").start()
    assert "the kettle is empty" in str(failure.value)
    assert processes_of(env) == []


def test_a_taken_port_is_named_with_the_option_that_changes_it(env: Environment) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", env.port))
        other.listen()
        with pytest.raises(PortTaken) as refusal:
            platform(env).start()
    assert str(env.port) in str(refusal.value)
    assert "--port" in str(refusal.value)


def test_a_home_is_run_by_one_runner_at_a_time(env: Environment) -> None:
    with platform(env), pytest.raises(AlreadyRunning) as refusal:
        platform(env).start()
    assert env.public_url in str(refusal.value)


def test_a_process_is_the_same_one_after_somebody_has_set_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = claim.Child(pid=os.getpid(), began=claim._birth(psutil.Process()))
    monkeypatch.setattr(psutil.Process, "create_time", lambda _: 0.0)  # as when the clock jumped
    assert claim._lives(mine)
    assert not claim._lives(claim.Child(pid=os.getpid(), began="another start of the machine"))


def test_preparation_that_fails_says_why(env: Environment) -> None:
    def prepare(running: Platform) -> None:
        running.run_apart("tests.config.broken")

    with pytest.raises(NotPrepared, match="the kettle is empty"):
        Platform(environment=env, prepare=prepare, pages=PAGES).start()
    assert processes_of(env) == []


def test_waiting_ends_when_the_platform_is_stopped(env: Environment) -> None:
    with platform(env) as running:
        threading.Timer(0.2, running.stop).start()
        running.wait()
    assert processes_of(env) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_runner_told_to_stop_stops_everything_in_seconds(env: Environment, number: signal.Signals) -> None:
    with separate_runner(env) as runner:
        runner.send_signal(number)
        assert runner.wait(15) == 0
    assert processes_of(env) == []


def test_what_a_killed_runner_started_stops_by_itself(env: Environment) -> None:
    with separate_runner(env) as runner:
        runner.kill()
    eventually(lambda: all("postgres" in process.name() for process in processes_of(env)))


def test_after_a_killed_runner_the_next_one_starts_on_the_same_home_and_port(env: Environment) -> None:
    with separate_runner(env) as killed:
        former = processes_of(env)
        killed.kill()
    with platform(env) as running:
        assert httpx.get(f"{running.url}/").text == str(env.home)
    assert former
    assert processes_of(env) == []
