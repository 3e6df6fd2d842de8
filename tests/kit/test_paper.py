"""Papers: the same words are the same bytes, Chinese and English stand in them, and a server without a font says so."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from fieldcast.kit import paper
from fieldcast.kit.paper import Paper, PaperFontMissing

AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def written(last: str = "2026-12-01") -> bytes:
    made = Paper("合作协议", made_at=AT, footer=("sha256 0f", "https://county.example/agreements/verify/0f/"))
    rows = [(f"合作社 {number}", "Agreed 同意", last) for number in range(60)]
    made.heading("条款").paragraph("1. 每箱保底 6.00 元 · a floor of ¥6.00").paragraph("小字", small=True)
    made.table(("谁", "做了什么", "何时"), rows, widths=(2, 3, 2), numbers=(2,))
    return made.code("https://county.example/agreements/verify/0f/", "扫一扫").bytes()


@pytest.mark.thorough  # letters are embedded twice, half a second each
def test_the_same_words_are_the_same_bytes_and_others_are_not() -> None:
    first = written()
    assert first == written()
    assert hashlib.sha256(first).digest() != hashlib.sha256(written(last="2026-12-02")).digest()
    assert first.startswith(b"%PDF-")
    assert first.count(b"/Type /Page\n") == 3
    assert len(first) < 60_000  # the letters that are used, not the twenty megabytes of the font
    assert b"20261201093000" in first


def test_a_server_without_a_font_says_what_to_do_instead(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAPER_FONT = str(tmp_path / "none.ttc")
    with pytest.raises(PaperFontMissing, match="PDF"):
        Paper("合作协议", made_at=AT)
    settings.PAPER_FONT = ""
    here = tmp_path / "own.ttf"
    here.touch()
    monkeypatch.setattr(paper, "USUAL_FONTS", ("/nowhere/at-all.ttc", str(here)))
    assert paper.font() == here
