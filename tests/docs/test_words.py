"""The product speaks of itself alone: nothing tracked names what is not in it."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs import pages

# Written in pieces, so that this file passes its own test.
FORBIDDEN = {
    "a place on somebody's machine": r"/wor[k]/|/tm[p]/fc|\.\./share[d]/",
    "a tracker's number": r"\bissue[s]? #?\d+\b|\b(?:fixes|closes) #\d+",
    "a registry's host": r"pypi\.or[g]|pythonhoste[d]|npmjs\.(?:or[g]|com)|npmmirro[r]|registry\.yarnpk[g]",
    "who typed it": r"\bclaud[e]\b|anthropi[c]|chatgp[t]|\bopena[i]\b|\bcopilo[t]\b|co-authored-b[y]|language mode[l]",
}
TEXT = {".md", ".py", ".html", ".css", ".js", ".po", ".txt", ".in", ".toml", ".json", ".svg", ".yml", ""}


@cache
def written() -> list[tuple[Path, str]]:
    """What is written, and where."""
    return [
        (path, path.read_text(encoding="utf-8", errors="replace"))
        for path in pages.tracked()
        if path.suffix in TEXT and path.stat().st_size < 2_000_000
    ]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE | re.MULTILINE)
    found = []
    for path, text in written():
        for number, line in enumerate(text.splitlines() if pattern.search(text) else (), 1):
            if pattern.search(line):
                found.append(f"{pages.name(path)}:{number}: {line.strip()[:100]}")
    assert found == []


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a place on somebody's machine", "see /wor" + "k/main"),
        ("a tracker's number", "as in issue " + "#2"),
        ("a registry's host", "https://pypi.o" + "rg/simple"),
        ("who typed it", "written by Clau" + "de"),
    ],
)
def test_a_forbidden_word_is_found(what: str, line: str) -> None:
    assert re.search(FORBIDDEN[what], line, re.IGNORECASE)


def test_lock_files_name_no_host() -> None:
    locks = [*(pages.ROOT / "requirements").glob("*.txt"), pages.ROOT / "package-lock.json"]
    for lock in locks:
        assert not re.search(r"https?://", lock.read_text(encoding="utf-8")), lock.name


def test_the_licence_is_apache_2() -> None:
    text = (pages.ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert text.rstrip().endswith("limitations under the License.")
    assert 'license = "Apache-2.0"' in (pages.ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_changelog_knows_this_version() -> None:
    from fieldcast import __version__

    assert f"## [{__version__}]" in (pages.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_first_page_begins_with_the_two_commands(page: str) -> None:
    text = (pages.ROOT / page).read_text(encoding="utf-8")
    first, second = text.index("make demo"), text.index("make test")
    assert first < second < text.index("\n## ")


def test_both_first_pages_say_the_same_things() -> None:
    english, chinese = (
        (pages.ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")
    )
    assert english.count("\n## ") == chinese.count("\n## ")
    assert english.count("\n### ") == chinese.count("\n### ")
    pictures = [set(re.findall(r"docs/screenshots/([a-z]+)-", text)) for text in (english, chinese)]
    assert pictures[0] == pictures[1]
    assert pictures[0]
