"""Every message of the house's own sources and every translation of its catalogues, for the tests of both."""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

SRC = Path(__file__).parents[3] / "src/fieldcast"
PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy")
WITH_CONTEXT = ("pgettext", "pgettext_lazy", "npgettext", "in_context")
KEYWORDS = dict.fromkeys([*PLAIN, *WITH_CONTEXT])
CALLS = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(")
# a room of example components, shown to nobody
LEFT_OUT = frozenset({"gallery.html"})
PLACE = re.compile(r"%\(\w+\)[sd]|%d|%%|\{\w+\}")
Message = tuple[str, str]


def sources() -> list[Path]:
    """Everything that may say a word to somebody."""
    templates = (path for path in (SRC / "web/templates").rglob("*") if path.is_file())
    return sorted(path for path in (*SRC.rglob("*.py"), *templates) if path.name not in LEFT_OUT)


@cache
def said_in(path: Path) -> tuple[Message, ...]:
    """Context and English of every message of a source; two tests ask for them all."""
    source = path.read_text(encoding="utf-8")
    # to read a source word by word takes long, and half of them say nothing
    return tuple(_said(source, path)) if path.suffix != ".py" or CALLS.search(source) else ()


def _said(source: str, path: Path) -> Iterator[Message]:
    if path.suffix != ".py":
        # a template's indentation is none of Python's
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    for _line, function, found, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        parts = [found] if isinstance(found, str) else [part for part in found or () if part]
        if parts and function in WITH_CONTEXT:
            yield str(parts[0]), str(parts[1])
        elif parts:
            yield "", str(parts[0])


@cache
def catalogues() -> dict[str, polib.POFile]:
    """Our Chinese catalogues by their names."""
    found = sorted((SRC / "locale").glob("*/zh_Hans/LC_MESSAGES/django.po"))
    return {path.parents[2].name: polib.pofile(str(path)) for path in found}


def message_of(entry: polib.POEntry) -> Message:
    """What an entry translates."""
    return entry.msgctxt or "", entry.msgid
