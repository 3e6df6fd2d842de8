"""Who follows a how-to finds what it names, and its commands do what it says."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve

from fieldcast.config.environment import read
from fieldcast.config.runner import Platform
from fieldcast.kit import restarts
from tests.docs import pages
from tests.docs.drawn.house import layers_of

HOW_TO = pages.DOCS / "how-to"
NEW = ("page", "room", "role", "channel", "benchmark", "clause", "source-or-an-engine")
FOLLOWED = [*(f"add-a-{name}.md" for name in NEW), "when-it-fails.md"]
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|toml|html|in))`")
BASES = [pages.ROOT, pages.ROOT / "src" / "fieldcast", pages.ROOT / "src/fieldcast/live/video"]
BASES.append(pages.ROOT / "src/fieldcast/agreements")
OF_A_ROOM = {"__init__.py", "types.py", "models.py", "queries.py", "operations.py", "loaders.py", "rules.py"}
OF_A_ROOM |= {"tasks.py", "admin.py", "apps.py", "urls.py", "manage.py", "base.html"}
MADE = {"beats/", "var/", "media/", "build/screenshots"}  # at run time, in a home


def read_page(name: str) -> str:
    return (HOW_TO / name).read_text(encoding="utf-8")


def named_paths(text: str) -> list[str]:
    return PATH.findall("\n".join(pages.prose(text)))


def there(path: str) -> bool:
    return path in OF_A_ROOM | MADE or any((base / path).exists() for base in BASES)


@pytest.mark.parametrize("name", FOLLOWED)
def test_every_file_and_folder_a_how_to_names_exists(name: str) -> None:
    paths = [path for path in named_paths(read_page(name)) if not path.startswith(("HOME", "application/"))]
    assert [path for path in paths if not there(path)] == []


def test_a_file_that_is_not_there_is_found() -> None:
    assert [path for path in named_paths("see `web/nowhere/views.py`, `web/lots`") if not there(path)] == [
        "web/nowhere/views.py"
    ]


def modules_of(name: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"`(\w+)` in\s+`([\w/]+\.py)`", "\n".join(pages.prose(read_page(name))))


@pytest.mark.parametrize("name", FOLLOWED)
def test_every_name_stands_in_the_file_that_a_how_to_gives(name: str) -> None:
    for word, path in modules_of(name):
        base = next(base for base in BASES if (base / path).exists())
        assert re.search(rf"\b{word}\b", (base / path).read_text(encoding="utf-8")), f"{word} in {path}"


def test_the_contracts_a_how_to_names_are_there() -> None:
    contracts = tomllib.loads((pages.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]
    names = {contract["name"] for contract in contracts["contracts"]}
    assert {
        "Imports point down",
        "Faces of the web are neighbours",
        "The tables of files stay in their room",
    } <= names


def test_a_room_has_what_the_how_to_says() -> None:
    """Every room with tables is an app and has a contract of its own; `market`, the neighbour to copy, is one."""
    contracts = tomllib.loads((pages.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "importlinter"
    ]
    kept = set(chain.from_iterable(one.get("protected_modules", ()) for one in contracts["contracts"]))
    source = pages.ROOT / "src" / "fieldcast"
    rooms = [room for layer in layers_of("fieldcast") for room in layer]
    with_tables = {room for room in rooms if (source / room / "models.py").exists()}
    with_tables |= {room for room in rooms if (source / room / "models" / "__init__.py").exists()}
    assert {f"fieldcast.{room}.models" for room in with_tables} == kept
    apps = [app for app in settings.INSTALLED_APPS if app.startswith("fieldcast.")]
    assert [room for room in {*with_tables, "market"} if not any(f".{room}" in app for app in apps)] == []


def shell(name: str) -> list[str]:
    """The commands of a page's blocks without a language."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```", read_page(name), re.DOTALL | re.MULTILINE)
    lines = "".join(blocks).splitlines()
    return [line.strip() for line in lines if line.strip().startswith((".venv/bin/", "grep ", "tail "))]


@pytest.mark.thorough  # commands run as a reader would run them
@pytest.mark.parametrize(
    ("name", "command"),
    [(name, command) for name in FOLLOWED for command in shell(name)],
    ids=lambda value: value[:40],
)
def test_a_command_of_a_how_to_can_be_given(name: str, command: str, tmp_path: Path) -> None:
    """Tests, benchmarks and migrations are looked at, not run: their files exist. All else is run."""
    words = shlex.split(command)
    if "pytest" in words:
        assert (pages.ROOT / words[3]).exists()
    elif words[1] == "-m":
        assert (pages.ROOT / f"{words[2].replace('.', '/')}.py").exists()
    elif words[1] == "-c":
        compile(words[2], name, "exec")
    elif words[0] == "tail":
        assert words[-1].removeprefix("var/logs/") in log_names()
    else:
        program = (
            [str(Path(sys.executable).parent / "fieldcast")] if words[0].startswith(".venv") else words[:1]
        )
        environ = {"FIELDCAST_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "FIELDCAST_LANGUAGE": "en"}
        done = subprocess.run(
            [*program, *words[1:]], cwd=pages.ROOT, env=environ, capture_output=True, text=True, check=False
        )
        assert (done.stdout + done.stderr).strip(), command
        assert done.returncode == (1 if "--deploy" in words else 0), done.stderr


def log_names() -> set[str]:
    programs = Platform(environment=read({"FIELDCAST_SANDBOX": "1"}))._programs()
    return (
        {f"{program.log or program.name}.log" for program in programs}
        | {"platform.log", "prepare.log"}
        | {"sessions.log"}
    )


def test_the_page_of_failures_names_every_log_and_no_other() -> None:
    said = set(re.findall(r"^\| `([a-z]+\.log)` \|", read_page("when-it-fails.md"), re.MULTILINE))
    assert said == log_names()
    source = pages.ROOT / "src" / "fieldcast" / "config"
    assert '"prepare")' in (source / "runner.py").read_text(encoding="utf-8")
    assert 'log="sessions"' in (source / "watching.py").read_text(encoding="utf-8")
    assert '"platform.log"' in (source / "saying.py").read_text(encoding="utf-8")


def test_the_addresses_and_files_of_the_page_of_failures_are_there() -> None:
    from fieldcast.config.edge.health import PATH as HEALTH
    from tests.api.document import document

    text = read_page("when-it-fails.md")
    assert HEALTH == "/healthz"
    assert json.dumps({"status": "database_away"}) in text
    for address in ("/readyz", "/county/checks/"):
        assert f"`{address}`" in text
        assert resolve(address)
    with pytest.raises(Resolver404):
        resolve("/county/nothing/")
    there_are = document()["paths"]
    for address in re.findall(r"`GET /api/v1(/[a-z/]+)`", text):
        assert address in there_are
    assert restarts.__name__
    assert all(f"`{name}`" in text for name in ("restarts.json", "beats/"))
