"""Every word of the house has its Chinese, in whichever room it is said."""

import importlib.util
import re
from pathlib import Path

import polib

from tests.web.base.catalogues import PLACE, SRC, catalogues, message_of, said_in, sources

# what the house counts; English says one of them otherwise than several
COUNTED = re.compile(
    r"%\(\w+\)s (?:free |more |other )?"
    r"(?:boxes|days|likes|lots|messages|minutes|orders|packs|parcels|provinces|refunds|rows|sessions)\b(?! it)"
)
NEVER_ONE = (
    "A report is of 0 to",  # limits of the house, each far above one
    "Of the orders paid from",
    "You have sent",
    "The file has more than",
    "The video is longer than",
    "can be read below. Each ends",
    "A pack of “",  # its number is text, with a comma between the thousands
)


def test_every_word_has_its_chinese() -> None:
    known = {message_of(entry) for book in catalogues().values() for entry in book if entry.translated()}
    missing = [
        (str(path.relative_to(SRC)), said)
        for path in sources()
        for said in said_in(path)
        if said not in known
    ]
    assert missing == []


def test_no_word_of_a_catalogue_has_lost_its_page() -> None:
    said = {message for path in sources() for message in said_in(path)} | _said_by_libraries()
    lost = [
        (name, message_of(one))
        for name, book in catalogues().items()
        for one in book
        if message_of(one) not in said
    ]
    assert lost == []


def test_a_word_is_translated_alike_in_every_catalogue() -> None:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name, book in catalogues().items():
        for entry in book:
            found.setdefault(message_of(entry), {})[name] = entry.msgstr or str(entry.msgstr_plural)
    assert {message: books for message, books in found.items() if len(set(books.values())) > 1} == {}


def test_the_places_of_a_sentence_survive_translation() -> None:
    lost = [
        (name, entry.msgid)
        for name, book in catalogues().items()
        for entry in book
        for said in (entry.msgstr, *entry.msgstr_plural.values())
        # "…is not one of the available choices" may leave out the rejected value, nothing else may
        if said and not entry.msgid.startswith("Select a valid choice")
        if set(PLACE.findall(said)) != set(PLACE.findall(entry.msgid_plural or entry.msgid))
    ]
    assert lost == []


def test_english_that_counts_has_a_word_for_one() -> None:
    counting = [
        (name, entry.msgid)
        for name, book in catalogues().items()
        for entry in book
        if COUNTED.search(entry.msgid_plural or entry.msgid)
    ]
    assert len(counting) > 50
    plural = {
        message for book in catalogues().values() for message in (e.msgid for e in book if e.msgid_plural)
    }
    assert [
        each
        for each in counting
        if each[1] not in plural and not any(known in each[1] for known in NEVER_ONE)
    ] == []


def _said_by_libraries() -> set[tuple[str, str]]:
    """What Django and allauth say, some of which our catalogues say better."""
    found: set[tuple[str, str]] = set()
    for package in ("django", "allauth"):
        spec = importlib.util.find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        for path in Path(spec.origin).parent.rglob("locale/en/LC_MESSAGES/django.po"):
            found |= {message_of(entry) for entry in polib.pofile(str(path))}
    return found
