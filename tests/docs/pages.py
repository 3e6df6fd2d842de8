"""The written pages of the repository, as the tests of documentation read them."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FENCE = re.compile(r"^(```|~~~)")
HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
SPAN = re.compile(r"`[^`\n]*`")


def tracked() -> list[Path]:
    """Every file of the repository: what git keeps and what is about to be kept."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    paths = {ROOT / name for name in listed.stdout.decode().split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def markdown() -> list[Path]:
    """Every page written in Markdown."""
    return [path for path in tracked() if path.suffix == ".md"]


def name(path: Path) -> str:
    """A page's name from the root, for test ids and messages."""
    return path.relative_to(ROOT).as_posix()


def prose(text: str) -> list[str]:
    """The lines outside code blocks."""
    lines, inside = [], False
    for line in text.splitlines():
        if FENCE.match(line.lstrip()):
            inside = not inside
        elif not inside:
            lines.append(line)
    return lines


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of one language, in order."""
    return re.findall(rf"^```{re.escape(language)}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def anchors(text: str) -> set[str]:
    """What a link may point to within a page, as the usual hosts make it from headings."""
    found: set[str] = set()
    for line in prose(text):
        if heading := HEADING.match(line):
            words = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading[2]).lower()
            slug = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
            number = 0
            while (slug if number == 0 else f"{slug}-{number}") in found:
                number += 1
            found.add(slug if number == 0 else f"{slug}-{number}")
    return found


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its kind or a larger one. Raises `KeyError`."""
    taken: list[str] = []
    level = 0
    for line in text.splitlines():
        found = HEADING.match(line)
        if found and level and len(found[1]) <= level:
            break
        if level:
            taken.append(line)
        elif found and found[2] == heading:
            level = len(found[1])
    if not level:
        raise KeyError(heading)
    return "\n".join(taken)
