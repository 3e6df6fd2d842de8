"""What is killed or hangs is found and started again, whatever it is; the watcher outlives what the disk refuses."""

import errno
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from fieldcast.config import answering, database, embedded, processes, watching
from fieldcast.config.answering import DatabaseKeepsStopping, DatabaseWatch
from fieldcast.config.beats import Watched
from fieldcast.config.environment import Environment
from fieldcast.config.processes import Process, Program
from fieldcast.config.runner import Platform
from fieldcast.config.temporary import temporary
from fieldcast.config.watching import Unwatched
from fieldcast.kit import restarts
from fieldcast.kit.restarts import Why
from tests import ground

pytestmark = pytest.mark.thorough
PAGES = "tests.config.pages:application"
TWENTY_SECONDS = 20.0


@pytest.fixture(scope="module")
def running() -> Iterator[Platform]:
    """The smallest platform with every kind of process but jobs; what hangs is found sooner than elsewhere."""
    with (
        pytest.MonkeyPatch.context() as patch,
        temporary(variables={"FIELDCAST_WORKERS": "2"}) as env,
        ground.under(env.home),
    ):
        patch.setattr(watching, "HUNG_SECONDS", 4.0)
        patch.setattr(answering, "ANSWER_SECONDS", 2)
        patch.setattr(answering, "SILENT_ASKS", 2)
        with Platform(environment=env, prepare=lambda _: None, pages=PAGES, jobs=False) as platform:
            eventually(lambda: len(beating(platform, "pages")) == 3)  # its first process and two workers
            yield platform


def eventually(condition: Callable[[], object], seconds: float = TWENTY_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def leader(platform: Platform, name: str) -> int:
    return next(each.pid for each in platform._processes if each.program.name == name and each.pid)


def workers(platform: Platform, name: str) -> list[int]:
    return [child.pid for child in psutil.Process(leader(platform, name)).children()]


def server(platform: Platform) -> psutil.Process:
    found = embedded.postmaster(embedded.data_of(platform.environment))
    assert found is not None
    return found


def beating(platform: Platform, name: str) -> list[int]:
    files = watching.beats_of(platform.environment.home).glob(f"{name}-*")
    return [int(file.name.rpartition("-")[2]) for file in files]


def record(platform: Platform, name: str) -> restarts.Program:
    found = {program.name: program for program in restarts.read(platform.environment.home).programs}
    return found.get(name, restarts.Program(name))


def pages_answer(platform: Platform) -> bool:
    try:
        return all(httpx.get(f"{platform.url}/", timeout=2).is_success for _ in range(6))
    except httpx.TransportError:
        return False


def provider_answers(platform: Platform) -> bool:
    try:
        return httpx.get(f"{platform.provider_url}/healthz", timeout=2).is_success
    except httpx.TransportError:
        return False


def database_answers(platform: Platform) -> bool:
    try:
        psycopg.connect(database.uri(platform.environment), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def strike(
    platform: Platform,
    *,
    pid: int,
    number: signal.Signals,
    name: str,
    why: Why,
    well: Callable[[Platform], bool],
) -> None:
    """Send the signal, and see the program counted as well again for that reason, and answer."""
    before = record(platform, name).count
    os.kill(pid, number)
    eventually(
        lambda: record(platform, name).count > before and record(platform, name).recovered_s is not None
    )
    assert record(platform, name).why is why
    eventually(lambda: well(platform))


def test_a_killed_page_server_is_started_again_and_counted(running: Platform) -> None:
    pid = leader(running, "pages")
    strike(running, pid=pid, number=signal.SIGKILL, name="pages", why=Why.KILLED, well=pages_answer)
    assert leader(running, "pages") != pid


def test_one_killed_worker_of_two_is_replaced_and_counted(running: Platform) -> None:
    eventually(lambda: len(beating(running, "pages")) == 3)
    time.sleep(1.2)  # the watcher has seen both
    pid = workers(running, "pages")[0]
    strike(running, pid=pid, number=signal.SIGKILL, name="pages worker", why=Why.KILLED, well=pages_answer)
    assert pid not in workers(running, "pages")


def test_a_killed_provider_is_started_again(running: Platform) -> None:
    pid = leader(running, "provider")
    strike(running, pid=pid, number=signal.SIGKILL, name="provider", why=Why.KILLED, well=provider_answers)


def test_a_killed_database_is_started_again_under_the_same_address(running: Platform) -> None:
    uri, owner = database.uri(running.environment), database.owner_uri(running.environment)
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS field AS SELECT 7 AS seed")
        os.kill(
            connection.info.backend_pid, signal.SIGSTOP
        )  # it cannot leave, and would keep a new server away
        strike(
            running,
            pid=server(running).pid,
            number=signal.SIGKILL,
            name="database",
            why=Why.KILLED,
            well=database_answers,
        )
    assert database.uri(running.environment) == uri
    with psycopg.connect(owner) as connection:
        assert connection.execute("SELECT seed FROM field").fetchone() == (7,)


def test_one_killed_connection_of_the_database_is_seen_and_ends_nothing(running: Platform) -> None:
    def killed() -> int:
        return record(running, "database").count

    before, pids = killed(), [leader(running, name) for name in ("pages", "provider")]
    time.sleep(1.2)  # the watcher has seen who keeps house there
    with psycopg.connect(database.uri(running.environment)) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
    eventually(lambda: killed() > before and record(running, "database").recovered_s is not None)
    assert record(running, "database").why is Why.DATABASE_AWAY
    assert [leader(running, name) for name in ("pages", "provider")] == pids
    assert running._failure is None


def test_what_is_stopped_dead_is_found_whichever_it_is(running: Platform) -> None:
    """A stopped process accepts connections and keeps its number; only asking it tells."""
    eventually(lambda: len(beating(running, "pages")) == 3 and database_answers(running))
    time.sleep(1.2)
    hung = {"pages worker": workers(running, "pages")[1], "provider": leader(running, "provider")}
    before = {name: record(running, name).count for name in (*hung, "database")}
    for pid in (*hung.values(), server(running).pid):
        os.kill(pid, signal.SIGSTOP)
    eventually(lambda: all(record(running, name).count > before[name] for name in before))
    eventually(lambda: pages_answer(running) and provider_answers(running) and database_answers(running))
    eventually(lambda: all(record(running, name).recovered_s is not None for name in before))
    assert [record(running, name).why for name in before] == [Why.HUNG] * 3
    assert not any(psutil.pid_exists(pid) for pid in hung.values())


def test_a_worker_whose_loop_stands_still_is_found_though_another_answers(running: Platform) -> None:
    eventually(lambda: len(beating(running, "pages")) == 3)
    time.sleep(1.2)
    before = record(running, "pages worker").count
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{running.url}/hang", timeout=1)
    eventually(lambda: record(running, "pages worker").count > before)
    assert record(running, "pages worker").why is Why.HUNG
    eventually(lambda: pages_answer(running))


def test_a_note_that_the_full_disk_refuses_stops_no_watching_and_is_written_later(
    running: Platform, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    noted = running.environment.home / "run" / "platform.json"
    monkeypatch.setattr(running._claim, "note", full)
    for _ in range(2):
        pid = leader(running, "provider")
        strike(
            running, pid=pid, number=signal.SIGKILL, name="provider", why=Why.KILLED, well=provider_answers
        )
    assert str(leader(running, "provider")) not in noted.read_text()
    assert capsys.readouterr().err.count("磁盘满了") == 1
    monkeypatch.undo()
    eventually(lambda: str(leader(running, "provider")) in noted.read_text())
    eventually(lambda: "又能写入了" in capsys.readouterr().err)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_watcher_that_breaks_ends_the_platform_loudly() -> None:
    def broken() -> None:
        raise RuntimeError("the watcher is broken")

    with temporary(variables={"FIELDCAST_SANDBOX": "", "FIELDCAST_WORKERS": "1"}) as env:
        platform = Platform(environment=env, prepare=lambda _: None, pages=PAGES, jobs=False)
        with platform:
            assert platform._watch is not None
            platform._watch.look = broken  # type: ignore[method-assign]
            with pytest.raises(Unwatched):
                platform.wait()
        assert not (env.home / "run" / "platform.json").exists()


def dying(tmp_path: Path) -> Process:
    program = Program("dying", ("nothing-of-the-kind",))
    return Process(program, environ=dict(os.environ), log=tmp_path / "log", beats=tmp_path)


def deaths(process: Process, *, excused: bool, most: int) -> int:
    """Let it die until it is hopeless; how often it did."""
    process.start()
    for count in range(1, most + 1):
        eventually(process.notice)
        eventually(lambda: process.start_when_due(excused=excused) or process.hopeless)
        if process.hopeless:
            return count
    process.kill()
    return most


def test_what_cannot_start_is_given_up_after_three_deaths_but_never_for_want_of_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "LONGEST_PAUSE_SECONDS", 0.05)
    assert deaths(dying(tmp_path), excused=True, most=5) == 5
    assert deaths(dying(tmp_path), excused=False, most=5) == processes.NEVER_WELL_DEATHS


def test_a_database_that_cannot_be_started_again_is_given_up_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_vain(env: Environment) -> None:
        raise database.DatabaseDidNotStart(data="pg", log="log")

    monkeypatch.setattr(embedded, "start_again", in_vain)
    monkeypatch.setattr(answering, "TRY_PAUSE_SECONDS", 0.0)
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "log").write_text("FATAL: the cellar is flooded\n")
    with temporary(home=tmp_path) as env:
        watch = DatabaseWatch(
            env,
            uri="postgresql:///",
            troubled=lambda why, since: None,
            recovered=lambda: None,
            stopping=threading.Event(),
        )
        watch.run()
    assert isinstance(watch.failure, DatabaseKeepsStopping)
    assert "the cellar is flooded" in str(watch.failure)


def test_what_hangs_before_its_first_sign_of_life_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "SPEECHLESS_SECONDS", 1.0)
    with temporary(home=tmp_path) as env:
        watching.beats_of(env.home).mkdir(parents=True)
        process = Process(
            Program("jobs", ("jobs",)),
            environ=dict(os.environ),
            log=tmp_path / "log",
            beats=watching.beats_of(env.home),
        )
        watch = watching.Watch(
            env,
            uri="postgresql:///",
            processes=[process],
            make=lambda program: Process(program, environ={}, log=env.home, beats=env.home),
            note=lambda: None,
            stopping=threading.Event(),
            ended=lambda _problem: None,
        )
        watch._counting.know("jobs")
        process.start()
        stopped = process.pid
        assert stopped is not None
        os.kill(stopped, signal.SIGSTOP)  # before it has said a word
        try:
            eventually(lambda: watch.look() or process.pid != stopped)
        finally:
            process.kill()
    assert not psutil.pid_exists(stopped)


def test_signs_of_life_are_not_judged_by_a_runner_that_cannot_write_its_own(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    (tmp_path / "pages-1").touch()
    for second in range(30):
        watched.look(float(second))
    assert watched.of("pages")[1].unchanged >= 20
    (tmp_path / f"runner-{os.getpid()}").unlink()
    watched._own.touch = lambda: None  # type: ignore[method-assign]
    watched.look(30.0)
    assert watched.of("pages")[1].unchanged == 0
