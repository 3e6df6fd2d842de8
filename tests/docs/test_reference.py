"""The reference says everything there is, and nothing there is not."""

import importlib
import importlib.metadata
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from typer.core import TyperGroup
from typer.main import get_command

import fieldcast
from fieldcast import commands
from fieldcast.api.problems import ProblemOut
from fieldcast.config import environment
from fieldcast.kit.errors import Problem
from fieldcast.ledger.types import PURPOSES
from tests.docs import pages
from tests.docs.imports import imported

REFERENCE = pages.DOCS / "reference"
OURS = re.compile(r"FIELDCAST_[A-Z_]*[A-Z]")


def read(page: str) -> str:
    return (REFERENCE / page).read_text(encoding="utf-8")


def every_command() -> Iterator[tuple[str, Any]]:
    for listed in commands.listed():
        command = get_command(importlib.import_module(listed.module).app)
        if isinstance(command, TyperGroup):
            yield from ((f"{listed.name} {name}", each) for name, each in command.commands.items())
        else:
            yield listed.name, command


@pytest.mark.parametrize(
    ("name", "command"), list(every_command()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_each_of_its_options_is_documented(name: str, command: Any) -> None:
    said = set(
        re.findall(
            r"^\| `(--[A-Za-z0-9-]+)`",
            pages.section(read("commands.md"), f"`fieldcast {name}`"),
            re.MULTILINE,
        )
    )
    there = {option for each in command.params for option in each.opts if option.startswith("--")}
    assert said == there - {"--help"}


def test_no_command_is_documented_that_does_not_exist() -> None:
    said = re.findall(r"^## `fieldcast ([a-z -]+)`$", read("commands.md"), re.MULTILINE)
    assert sorted(said) == sorted(name for name, _command in every_command())


def test_every_target_of_make_is_documented() -> None:
    makefile = (pages.ROOT / "Makefile").read_text(encoding="utf-8")
    there = set(re.findall(r"^([a-z]+):.*?##", makefile, re.MULTILINE)) - {"help"}
    said = set(re.findall(r"^\| `make ([a-z]+)` \|", read("commands.md"), re.MULTILINE))
    assert said == there


def test_every_setting_is_documented_and_no_other() -> None:
    said = set(re.findall(r"^\| `(FIELDCAST_[A-Z_]+)` \|", read("settings.md"), re.MULTILINE))
    empty = environment.read({"FIELDCAST_SECRET_KEY": "-", "FIELDCAST_FIELD_KEY": "-"})
    there = {*environment.variables(empty), "FIELDCAST_SANDBOX_FAULTS"}
    assert said == there


def test_no_setting_is_read_or_named_that_is_not_documented() -> None:
    said = set(OURS.findall(read("settings.md")))
    places = [path for path in pages.tracked() if path.suffix in {".py", ".md"} and "tests" not in path.parts]
    named = {word for path in places for word in OURS.findall(path.read_text(encoding="utf-8"))}
    assert named - said == set()


@pytest.mark.parametrize(("variable", "default"), [("FIELDCAST_HOLD_SECONDS", 900), ("FIELDCAST_PORT", 8000)])
def test_the_documented_defaults_are_the_real_ones(variable: str, default: int) -> None:
    empty = environment.read({"FIELDCAST_SECRET_KEY": "-", "FIELDCAST_FIELD_KEY": "-"})
    assert environment.variables(empty)[variable] == str(default)
    assert f"| `{variable}` | `{default}` |" in read("settings.md")


def every_problem() -> set[type[Problem]]:
    for module in pkgutil.walk_packages(fieldcast.__path__, "fieldcast."):
        if ".migrations" not in module.name:
            importlib.import_module(module.name)
    found: set[type[Problem]] = set()
    waiting = [Problem]
    while waiting:
        children = waiting.pop().__subclasses__()
        waiting += children
        found.update(child for child in children if child.__module__.startswith("fieldcast."))
    return found


def written_by_hand() -> set[str]:
    """Codes of refusals that the API's handlers make themselves."""
    source = (pages.ROOT / "src/fieldcast/api/problems.py").read_text(encoding="utf-8")
    return set(re.findall(r'code="([a-z_]+)"', source))


def test_every_error_code_is_documented_with_its_status_and_no_other() -> None:
    table = pages.section(read("api.md"), "Codes")
    said = {
        (code, int(status))
        for code, status in re.findall(r"^\| `([a-z_]+)` \| (\d{3}) \| \S", table, re.MULTILINE)
    }
    problems = {(problem.code, problem.status) for problem in every_problem()}
    by_hand = {(code, status) for code, status in said if code in written_by_hand()}
    assert {code for code, _status in by_hand} == written_by_hand()
    missing = sorted(f"| `{code}` | {status} | … |" for code, status in problems - said)
    assert missing == [], "add these rows to docs/reference/api.md"
    assert sorted(said - by_hand - problems) == []


def test_the_shape_of_a_refusal_is_the_documented_one() -> None:
    (example,) = pages.blocks(read("api.md"), "json")
    assert set(json.loads(example)) == set(ProblemOut.model_fields)


def test_every_endpoint_is_documented_and_no_other() -> None:
    from fieldcast.api.demo.endpoints import router as demo
    from tests.api.document import document

    paths = document()["paths"]
    there = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    for path, view in demo.path_operations.items():
        there |= {f"{method} /demo{path}" for operation in view.operations for method in operation.methods}
    said = set(
        re.findall(r"^\| `([A-Z]+ /\S*)` \|", pages.section(read("api.md"), "Endpoints"), re.MULTILINE)
    )
    assert said == there


def test_every_purpose_of_an_account_is_documented() -> None:
    table = pages.section(read("ledger.md"), "Accounts")
    said = {
        name: below == "yes"
        for name, below in re.findall(r"^\| `([a-z]+)` \|.*\| (yes|no) \|$", table, re.MULTILINE)
    }
    assert said == {name: purpose.may_go_negative for name, purpose in PURPOSES.items()}


def test_every_kind_of_transfer_is_documented() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (pages.ROOT / "src/fieldcast").rglob("*.py")
    )
    there = set(re.findall(r'client_id=f"([a-z]+):', source)) - {"refund-hold"}
    said = set(
        re.findall(r"^\| `[a-z]+` \| `([a-z]+):", pages.section(read("ledger.md"), "Transfers"), re.MULTILINE)
    )
    assert there - said == set()


@pytest.mark.django_db
def test_every_guard_of_the_database_is_documented_and_no_other() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text !~ '^procrastinate'"
        )
        triggers = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x'")  # exclusions, written in SQL
        excluded = {row[0] for row in cursor.fetchall()}
    ours = [model for model in apps.get_models() if model.__module__.startswith("fieldcast.")]
    named = excluded | {constraint.name for model in ours for constraint in model._meta.constraints}
    said = set(
        re.findall(
            r"`([a-z_]+)`", " ".join(re.findall(r"^\| (`[^|]+) \|", read("database-guards.md"), re.MULTILINE))
        )
    )
    assert (triggers | named) - said == set()
    # a guard that a trigger raises has a name of its own
    assert said - triggers - named == {"ledger_posting_late"}


def test_every_package_is_placed_on_the_map() -> None:
    there = {module.name for module in pkgutil.iter_modules(fieldcast.__path__)}
    said = set(
        re.findall(
            r"`([a-z]+)`", " ".join(re.findall(r"^\| (`[a-z` ·]+) \|", read("rooms.md"), re.MULTILINE))
        )
    )
    assert said == there - {"locale"}


def test_every_background_task_is_documented() -> None:
    from procrastinate.contrib.django import app

    app.perform_import_paths()  # type: ignore[no-untyped-call]  # procrastinate leaves it without types
    said = set(
        re.findall(
            r"^\| `([a-z]+\.[a-z_]+)` \|",
            pages.section(read("rooms.md"), "What runs by itself"),
            re.MULTILINE,
        )
    )
    there = {
        name.removeprefix("fieldcast.").replace(".tasks", "")
        for name in app.tasks
        if name.startswith("fieldcast.")
    }
    assert said == there


def declared(*files: str) -> set[str]:
    lines = [
        line
        for file in files
        for line in (pages.ROOT / "requirements" / file).read_text(encoding="utf-8").splitlines()
    ]
    return {re.split(r"[\[<>=~!]", line)[0] for line in lines if line and line[0] not in "#-"}


def test_every_dependency_has_its_reason() -> None:
    table = (pages.DOCS / "decisions/0012-dependencies.md").read_text(encoding="utf-8")
    said = set(re.findall(r"^\| `([A-Za-z0-9@/._-]+)` \|", table, re.MULTILINE))
    package = json.loads((pages.ROOT / "package.json").read_text(encoding="utf-8"))
    scripts = {*package["dependencies"], *package["devDependencies"]}
    assert said == declared("base.in", "build.in", "dev.in", "bench.in", "node.in") | scripts


def test_every_package_the_code_imports_is_declared() -> None:
    """What another package brings along may be used where that one could not work without it."""
    brought = {"asgiref": "Django", "pydantic": "django-ninja", "brotli": "whitenoise"}
    names = {name.lower() for name in declared("base.in")}
    owners = importlib.metadata.packages_distributions()
    theirs = imported(pages.ROOT / "src") - set(sys.stdlib_module_names) - {"fieldcast"}
    needed = {
        module: {
            brought.get(owner, owner).lower().replace("_", "-") for owner in owners.get(module, [module])
        }
        for module in theirs
    }
    assert [module for module, who in sorted(needed.items()) if not who & names] == []


def test_the_languages_of_the_pages_are_those_of_the_settings() -> None:
    assert {code for code, _name in settings.LANGUAGES} == {"zh-hans", "en"}
    assert all(f"`{code}`" in read("settings.md") for code, _name in settings.LANGUAGES)
