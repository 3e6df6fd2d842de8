"""The ground every test stands on: one throwaway home and one embedded PostgreSQL for the whole run.

Both are made before Django's settings are read, shared by the processes of a parallel run, and gone afterwards.
`FIELDCAST_DATABASE_URL` runs the tests on another server instead.
"""

import atexit
import gc
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import django
import pytest
from django.db import DEFAULT_DB_ALIAS
from django.utils import translation

from fieldcast.config import database, environment, messages
from tests import emptied, examples, order, unread
from tests import ground as kept_ground
from tests.factories import prepared

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from fieldcast.config.runner import Platform

# Nothing here outlives the run, so nothing needs to survive a power cut.
TEST_SERVER = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "300",
    # nor is it there long enough for a table to be worth tidying, or large enough for a second process
    "autovacuum": "off",
    "max_parallel_workers_per_gather": "0",
    "idle_in_transaction_session_timeout": "0",  # a scene stands while other tests run
}
# without a graphics card its work is done in software, which costs more than the pages themselves
BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
GROUND = "FIELDCAST_TESTS_GROUND"  # set by the process that made it, read by the parallel ones
MOST_OPEN_FILES = 120  # a process of tests holds some forty
OPEN_FILES = pytest.StashKey[int]()
TEMPLATE = "FIELDCAST_TESTS_TEMPLATE"  # likewise; not on a server of someone else's, where every run migrates


def _prepare_ground() -> Path:
    ground = Path(tempfile.mkdtemp(prefix="fieldcast-tests-"))
    atexit.register(shutil.rmtree, ground, ignore_errors=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that the server stops however the run ends
    named = os.environ.get("FIELDCAST_DATABASE_URL")
    for name in [name for name in os.environ if name.startswith("FIELDCAST_")]:
        del os.environ[name]
    uri = named or _embedded(ground)
    os.environ.update({"FIELDCAST_DATABASE_URL": uri, GROUND: str(ground)})
    messages.compile_stale()
    return ground


def _embedded(ground: Path) -> str:
    kept_ground.seed(ground)
    os.environ[TEMPLATE] = kept_ground.TEMPLATE
    return database.owner_uri(environment.read({"FIELDCAST_HOME": str(ground)}), settings=TEST_SERVER)


def _set_up_django(ground: Path) -> None:
    home = ground / os.environ.get("PYTEST_XDIST_WORKER", "main")
    os.environ.update({"FIELDCAST_HOME": str(home), "DJANGO_SETTINGS_MODULE": "fieldcast.config.settings"})
    from django.conf import settings

    # nothing is collected for the tests, and nothing is missed
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    # a pool's idle connections keep a test database from being dropped
    settings.DATABASES["default"]["OPTIONS"].pop("pool")
    if TEMPLATE in os.environ:
        settings.DATABASES["default"]["TEST"].update(TEMPLATE=os.environ[TEMPLATE], MIGRATE=False)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow on purpose elsewhere
    django.setup()
    # a parallel process would inherit this name, and pytest-django read its settings before its home is set above
    del os.environ["DJANGO_SETTINGS_MODULE"]


_set_up_django(Path(os.environ[GROUND]) if GROUND in os.environ else _prepare_ground())
examples.register()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Asked of every file that is not named on the command line; another may have its reasons to leave it out."""
    asked = config.option.markexpr
    if not asked or not (collection_path.name.startswith("test_") and collection_path.suffix == ".py"):
        return None
    return (
        unread.is_unread(collection_path.read_text(encoding="utf-8"), asked=asked, path=collection_path)
        or None
    )


def pytest_collectstart(collector: pytest.Collector) -> None:
    """From now on what is imported is rewritten as pytest does; by its number a process knows its neighbour's end."""
    config, worker = collector.config, os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    is_whole_run = config.args_source == pytest.Config.ArgsSource.TESTPATHS and config.option.markexpr
    if isinstance(collector, pytest.Session) and is_whole_run and int(worker.removeprefix("gw")) % 2:
        unread.import_backwards(asked=config.option.markexpr)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Before it is asked by marks which of them are wanted: some are given here."""
    from tests import scenes  # they are models' making: not before Django is set up

    if astray := unread.marked_elsewhere(items):
        raise pytest.UsageError("marked with a part that their own file does not name: " + ", ".join(astray))
    for item in items:
        for part in unread.of_the_folder(item.path):
            item.add_marker(part)
        examples.share(getattr(item, "function", None))
    scenes.look_at(items)
    order.longest_first(items, then=scenes.together)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return order.scheduler(config, log)


def pytest_collection_finish() -> None:
    """What stands now stands to the end: the collector need not look through it again after every few tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(
        50_000, 20, 20
    )  # a page makes thousands of objects that are gone with it: not after every 700


@pytest.fixture(scope="session", autouse=True)
def _pages_are_rendered_as_for_readers(django_test_environment: None) -> None:
    """Django's test client keeps a copy of what each template was given: no test asks for it, each page pays for it."""
    from django.template import Template
    from django.test.utils import _TestState

    Template._render = _TestState.saved_data.template_render  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _what_was_committed_is_taken_away_by_rows() -> None:
    """Tests that commit are followed by a TRUNCATE of every table, which append-only ones refuse, and a new migration
    of them all: half a second for a few rows. Only here triggers are asleep, and only what has rows is emptied."""
    from django.test import TransactionTestCase

    def teardown(test: Any) -> None:
        for alias in test._databases_names(include_mirrors=False):
            emptied.empty(alias)

    case: Any = TransactionTestCase
    case._fixture_teardown = teardown


@pytest.fixture(scope="session")
def _scenes(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The prepared scenes (`tests/factories/prepared.py`) can be put up from now on; gone before the database is."""
    with django_db_blocker.unblock():
        prepared.begin()
    yield
    with django_db_blocker.unblock():
        prepared.end()
        if others := emptied.others_in(DEFAULT_DB_ALIAS):
            # a database that somebody is in is not dropped; who it was is worth knowing, and no reason to lose the run
            with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
                sys.stderr.write(f"\nstill in the database of the tests, and sent out: {others}\n")


@pytest.fixture
def _django_db_helper(request: pytest.FixtureRequest, _scenes: None) -> None:
    """What a test's own transaction is made by; scenes stand around it."""
    request.getfixturevalue("_django_db_helper")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The scene stands before a fixture of any scope begins: transactions of modules and packages are inside it."""
    from pytest_django.plugin import blocking_manager_key

    from tests import scenes

    with item.config.stash[blocking_manager_key].unblock():
        prepared.set_scene(scenes.scene_of(item))


@pytest.fixture(autouse=True)
def _every_test_begins_in_the_platforms_language() -> None:
    """A page asked for in English leaves its language behind in the thread that asked."""
    translation.deactivate()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """A test that leaves files open is told so itself, not the one in which the process has none left to open."""
    yield
    kinds = open_files()
    if kinds.total() > item.config.stash.get(OPEN_FILES, MOST_OPEN_FILES):
        item.config.stash[OPEN_FILES] = kinds.total() + MOST_OPEN_FILES  # the next is told of its own
        pytest.fail(f"{kinds.total()} files are open after this test: {kinds.most_common(8)}")


def open_files() -> Counter[str]:
    """What this process holds open, by kind; nothing where a system does not tell."""
    found: Counter[str] = Counter()
    for one in Path("/proc/self/fd").iterdir() if Path("/proc/self/fd").is_dir() else ():
        with suppress(OSError):  # the one that reads the folder
            found[one.readlink().as_posix().partition(":")[0]] += 1
    return found


@pytest.fixture
def now() -> datetime:
    """A morning in the harvest, for operations that are told the time."""
    return datetime(2026, 9, 18, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def server() -> Iterator["Platform"]:
    """The whole platform on a port of its own with the demo county in it, as `fieldcast demo` runs it."""
    from fieldcast.config.runner import Platform

    with kept_ground.county() as env, Platform(environment=env) as platform:
        yield platform


@pytest.fixture(scope="session")
def browser(django_db_blocker: Any) -> Iterator["Browser"]:
    """Chromium: the machine's own where there is one, else the one Playwright brought.

    With its event loop in this thread, Django keeps another connection for it: a scene does not stand on the one, for
    tests that ask on the other.
    """
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    # Playwright keeps an event loop in this thread, in which Django would refuse every query of the test itself
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with ExitStack() as opened:
            with django_db_blocker.unblock(), prepared.taken_down():
                playwright = opened.enter_context(sync_playwright())
            chromium = playwright.chromium.launch(executable_path=found, args=BROWSER)
            yield chromium
            chromium.close()
            with django_db_blocker.unblock(), prepared.taken_down():
                opened.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
