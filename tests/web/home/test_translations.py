"""Every word of the shop's pages has its Chinese, and places in a sentence survive translation."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[3] / "src/fieldcast/web"
LOCALE = WEB.parent / "locale"
CATALOGUE = polib.pofile(str(LOCALE / "shop/zh_Hans/LC_MESSAGES/django.po"))
SHARED = ("base", "core")  # words that the shells and the rooms have said already
KEYWORDS = dict.fromkeys(["_", "gettext", "gettext_lazy", "ngettext", "pgettext", "in_context"])
CONTEXTUAL = ("pgettext", "in_context")
SOURCES = [
    *(
        path
        for room in ("home", "orders", "lots", "me", "demo", "payments")
        for path in (WEB / room).glob("*.py")
    ),
    *(
        path
        for room in ("home", "orders", "lots", "me")
        for path in (WEB / "templates" / room).rglob("*.html")
    ),
]
Message = tuple[str | None, str]


def messages_of(path: Path) -> Iterator[Message]:
    """Context and English of every message in a source."""
    source = path.read_text()
    if path.suffix != ".py":
        source = templatize(source)
    for _line, function, message, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        if isinstance(message, str):
            yield None, message
        elif function in CONTEXTUAL:
            yield str(message[0]), str(message[1])
        else:
            yield None, str(message[0])


def known_in(catalogue: polib.POFile) -> set[Message]:
    """The messages a catalogue translates."""
    return {(entry.msgctxt or None, entry.msgid) for entry in catalogue if entry.translated()}


KNOWN = known_in(CATALOGUE).union(
    *(known_in(polib.pofile(str(LOCALE / area / "zh_Hans/LC_MESSAGES/django.po"))) for area in SHARED)
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(WEB)))
def test_every_word_has_its_chinese(path: Path) -> None:
    assert [message for message in messages_of(path) if message not in KNOWN] == []


def test_no_word_of_the_catalogue_has_lost_its_page() -> None:
    said = {message for path in SOURCES for message in messages_of(path)}
    assert known_in(CATALOGUE) - said == set()


def test_the_places_of_a_sentence_survive_translation() -> None:
    place = re.compile(r"%\(\w+\)[sd]|%d|\{\w+\}")
    for entry in CATALOGUE:
        source = set(place.findall(entry.msgid_plural or entry.msgid))
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not said or set(place.findall(said)) == source, entry.msgid
