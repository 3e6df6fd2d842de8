"""Every word of the common pages has its Chinese, and no page of ours shows English to a Chinese reader."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[3] / "src/fieldcast/web"
CATALOGUE = polib.pofile(str(WEB.parent / "locale/base/zh_Hans/LC_MESSAGES/django.po"))
KEYWORDS = dict.fromkeys(["_", "gettext", "gettext_lazy", "ngettext", "pgettext", "in_context"])
OURS = ("components", "errors", "account", "allauth", "demo")


def _sources() -> list[Path]:
    templates = [p for p in (WEB / "templates").iterdir() if p.is_file()]
    templates += [p for room in OURS for p in (WEB / "templates" / room).rglob("*") if p.is_file()]
    code = [WEB / "context.py", WEB / "middleware.py", *(WEB / "templatetags").glob("*.py")]
    return [path for path in templates + code if path.name != "gallery.html"]


def _messages(path: Path) -> Iterator[tuple[str | None, str]]:
    source = path.read_text()
    if path.suffix != ".py":
        source = templatize(source)
    for _line, function, message, _comments in extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {}):
        if isinstance(message, str):
            yield None, message
        elif function in ("pgettext", "in_context"):
            yield str(message[0]), str(message[1])
        else:
            yield None, str(message[0])


@pytest.mark.parametrize("path", _sources(), ids=lambda p: str(p.relative_to(WEB)))
def test_every_word_has_its_chinese(path: Path) -> None:
    known = {(entry.msgctxt or None, entry.msgid) for entry in CATALOGUE if entry.translated()}
    assert [message for message in _messages(path) if message not in known] == []


def test_the_places_of_a_sentence_survive_translation() -> None:
    place = re.compile(r"%\(\w+\)[sd]|%d|\{\w+\}")
    for entry in CATALOGUE:
        source = set(place.findall(entry.msgid_plural or entry.msgid))
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            # "…is not one of the available choices" may leave out the rejected value, nothing else may
            if said and entry.msgid.startswith("Select a valid choice"):
                continue
            assert not said or set(place.findall(said)) == source, entry.msgid
