"""Catalogues of translations are compiled when they changed, and only then."""

import gettext
import os
from pathlib import Path

from fieldcast.config import messages

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "field"\nmsgstr "{}"\n'


def test_a_changed_catalogue_is_compiled_and_an_unchanged_one_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "area" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, target = folder / "django.po", folder / "django.mo"
    source.write_text(CATALOGUE.format("田"), encoding="utf-8")
    assert messages.compile_stale(tmp_path) == [source]
    assert messages.compile_stale(tmp_path) == []
    source.write_text(CATALOGUE.format("地"), encoding="utf-8")
    os.utime(source, (target.stat().st_mtime + 1, target.stat().st_mtime + 1))
    assert messages.compile_stale(tmp_path) == [source]
    with target.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("field") == "地"
