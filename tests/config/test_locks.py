"""The lock files: every version pinned and hashed, and no host named, so that any mirror may serve them."""

import json
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.docs.imports import imported

ROOT = Path(__file__).resolve().parents[2]
PYTHON_LOCKS = sorted(ROOT.glob("requirements/*.txt"))
LOCKS = [*PYTHON_LOCKS, ROOT / "package-lock.json"]
HOST = re.compile(r"://|\b[\w-]+\.(?:org|com|net|io|cn|dev)\b", re.IGNORECASE)
# npm packages may be called like a host; these names are not addresses
PACKAGES_NAMED_LIKE_HOSTS = {"htmx.org"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_host(lock: Path) -> None:
    named = set(HOST.findall(lock.read_text())) - PACKAGES_NAMED_LIKE_HOSTS
    assert named == set()


@pytest.mark.parametrize("lock", PYTHON_LOCKS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_and_hashed(lock: Path) -> None:
    text = re.sub(r"^\s*#.*\n", "", lock.read_text(), flags=re.MULTILINE)
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if entry.strip()]
    assert entries
    for entry in entries:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.!+]+", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("source", sorted(ROOT.glob("requirements/*.in")), ids=lambda path: path.name)
def test_what_is_asked_for_is_locked(source: Path) -> None:
    locked = {
        _plain(name)
        for name in re.findall(r"^([\w.-]+)(?:\[|==)", source.with_suffix(".txt").read_text(), re.MULTILINE)
    }
    asked = {_plain(name) for name in re.findall(r"^([A-Za-z][\w.-]*)", source.read_text(), re.MULTILINE)}
    assert asked
    assert asked - locked == set()


def test_tests_run_on_the_versions_the_platform_runs_on() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(
            re.findall(
                r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE
            )
        )

    assert versions("base.txt").items() <= versions("dev.txt").items()


@pytest.mark.parametrize(
    ("folder", "lock"), [("src", "base.txt"), ("tests", "dev.txt"), ("benchmarks", "dev.txt")]
)
def test_what_the_code_imports_is_locked(folder: str, lock: str) -> None:
    locked = {_plain(name) for name in re.findall(r"^([\w.-]+)(?:\[|==)", _text(lock), re.MULTILINE)}
    ours = {"fieldcast", "tests", "benchmarks"} | sys.stdlib_module_names
    distributions = packages_distributions()
    for module in sorted(imported(ROOT / folder) - ours):
        names = {_plain(name) for name in distributions.get(module, [module])}
        assert names & locked, f"{folder} imports {module}, which {lock} does not install"


def test_every_npm_package_is_pinned_and_hashed() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    asked = json.loads((ROOT / "package.json").read_text())
    assert lock["packages"][""]["dependencies"] == asked["dependencies"]
    for path, entry in lock["packages"].items():
        if path:
            assert entry["version"], path
            assert entry["integrity"].startswith("sha512-"), path


def _text(lock: str) -> str:
    return (ROOT / "requirements" / lock).read_text()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
