"""Every word of the laboratory has its Chinese, and places in a sentence survive translation."""

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
CATALOGUE = polib.pofile(str(LOCALE / "lab/zh_Hans/LC_MESSAGES/django.po"))
SHELL = polib.pofile(str(LOCALE / "base/zh_Hans/LC_MESSAGES/django.po"))
KEYWORDS = dict.fromkeys(["_", "gettext", "gettext_lazy", "ngettext"])
SOURCES = [*sorted((WEB / "lab").glob("*.py")), *sorted((WEB / "templates/lab").glob("*.html"))]


def messages_of(path: Path) -> Iterator[str]:
    """The English of every message in a source."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatize(source)
    for _line, _function, message, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        yield message if isinstance(message, str) else str(message[0])


def known_in(catalogue: polib.POFile) -> set[str]:
    """What a catalogue translates."""
    return {entry.msgid for entry in catalogue if entry.translated()}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(WEB)))
def test_every_word_has_its_chinese(path: Path) -> None:
    assert set(messages_of(path)) - known_in(CATALOGUE) - known_in(SHELL) == set()


def test_no_word_of_the_catalogue_has_lost_its_page() -> None:
    said = {message for path in SOURCES for message in messages_of(path)}
    assert known_in(CATALOGUE) - said == set()


def test_the_places_of_a_sentence_survive_translation() -> None:
    place = re.compile(r"%\(\w+\)[sd]|%%")
    for entry in CATALOGUE:
        assert sorted(place.findall(entry.msgstr)) == sorted(place.findall(entry.msgid)), entry.msgid
