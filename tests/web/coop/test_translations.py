"""Every word of the cooperative's, the farmer's and the statements' pages has its Chinese."""

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
CATALOGUE = polib.pofile(str(LOCALE / "coop/zh_Hans/LC_MESSAGES/django.po"))
KEYWORDS = dict.fromkeys(["_", "gettext", "gettext_lazy", "ngettext", "pgettext"])
AREAS = ("coop", "farm", "statements")
SOURCES = [
    *(path for area in AREAS for path in sorted((WEB / area).rglob("*.py"))),
    *(path for area in AREAS for path in sorted((WEB / "templates" / area).rglob("*.html"))),
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
        elif function == "pgettext":
            yield str(message[0]), str(message[1])
        else:
            yield None, str(message[0])


KNOWN = {(entry.msgctxt or None, entry.msgid) for entry in CATALOGUE if entry.translated()}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(WEB)))
def test_every_word_has_its_chinese(path: Path) -> None:
    assert [message for message in messages_of(path) if message not in KNOWN] == []


def test_no_word_of_the_catalogue_has_lost_its_page() -> None:
    said = {message for path in SOURCES for message in messages_of(path)}
    assert KNOWN - said == set()


def test_the_places_of_a_sentence_survive_translation() -> None:
    place = re.compile(r"%\(\w+\)[sd]|%d|\{\w+\}")
    for entry in CATALOGUE:
        source = set(place.findall(entry.msgid_plural or entry.msgid))
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            assert not said or set(place.findall(said)) == source, entry.msgid
