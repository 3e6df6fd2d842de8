"""Links between pages lead somewhere, and so do the pictures."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs import pages

LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
SOURCE = re.compile(r"""(?:src|href)=["']([^"']+)["']""")


def targets(text: str) -> list[str]:
    lines = "\n".join(pages.SPAN.sub("", line) for line in pages.prose(text))
    found = [*LINK.findall(lines), *SOURCE.findall(lines)]
    return [target for target in found if not re.match(r"[a-z][a-z0-9+.-]*:", target)]


def broken(page: Path) -> list[str]:
    wrong = []
    for target in targets(page.read_text(encoding="utf-8")):
        place, _hash, anchor = target.partition("#")
        path = (page.parent / unquote(place)).resolve() if place else page
        if not path.exists():
            wrong.append(f"{target}: there is no such file")
        elif anchor and path.suffix == ".md":
            known = pages.anchors(path.read_text(encoding="utf-8"))
            if unquote(anchor) not in known:
                wrong.append(f"{target}: there is no such heading")
    return wrong


@pytest.mark.parametrize("page", pages.markdown(), ids=pages.name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# One two\n[a](page.md#one-two) [b](gone.md) [c](#three) `[d](code.md)` ![e](picture.png)\n"
    )
    assert broken(page) == [
        "gone.md: there is no such file",
        "#three: there is no such heading",
        "picture.png: there is no such file",
    ]


def test_every_page_of_the_documentation_can_be_found_from_its_index() -> None:
    seen, waiting = set(), [pages.DOCS / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.exists():
            continue
        seen.add(page)
        linked = (target.partition("#")[0] for target in targets(page.read_text(encoding="utf-8")))
        waiting += [(page.parent / unquote(place)).resolve() for place in linked if place]
    lost = [
        pages.name(page) for page in pages.markdown() if page.is_relative_to(pages.DOCS) and page not in seen
    ]
    assert lost == []


def test_a_page_in_two_languages_links_to_the_other() -> None:
    for chinese in (page for page in pages.markdown() if page.name.endswith(".zh-CN.md")):
        english = chinese.with_name(chinese.name.replace(".zh-CN.md", ".md"))
        assert english.name in chinese.read_text(encoding="utf-8"), pages.name(chinese)
        assert chinese.name in english.read_text(encoding="utf-8"), pages.name(english)


def test_every_picture_is_shown_by_a_page() -> None:
    """A picture nobody sees grows old unseen; what the walks in the browser saw is kept in `build/screenshots`."""
    shown = {
        (page.parent / unquote(target.partition("#")[0])).resolve()
        for page in pages.markdown()
        for target in targets(page.read_text(encoding="utf-8"))
    }
    pictures = sorted((pages.DOCS / "screenshots").iterdir())
    assert pictures
    assert [picture.name for picture in pictures if picture.resolve() not in shown] == []
