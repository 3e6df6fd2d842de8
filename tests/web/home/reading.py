"""Reads a page as a Chinese reader does: every word on it and every word read aloud."""

import re
from html.parser import HTMLParser

SPOKEN = (
    "aria-label",
    "alt",
    "title",
    "placeholder",
    "data-confirm",
    "data-confirm-more",
    "data-confirm-yes",
)
MEANT = {"English"}  # the way to the other language is written in it
WORD = re.compile(r"[A-Za-z]{2,}")
NUMBER = re.compile(r"\b[A-Z]\d{6}-[0-9A-Z]{8}\b")  # of orders and refunds: in no language
NEVER_READ = {"script", "style", "template", "code"}
VOID = {"meta", "link", "img", "input", "br", "use", "path", "hr", "source", "col"}


class _Reader(HTMLParser):
    """Collects what is read; elements of the class `code` hold numbers and keys, which are in no language."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[bool] = []  # for each open element: is its text skipped?

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what is read aloud; note whether the text inside is read."""
        given = dict(attrs)
        self.words += [given[name] or "" for name in SPOKEN if name in given]
        if tag not in VOID:
            hidden = tag in NEVER_READ or "code" in (given.get("class") or "").split()
            self._open.append(hidden or (bool(self._open) and self._open[-1]))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep text that is read."""
        if data.strip() and not (self._open and self._open[-1]):
            self.words.append(data.strip())


def text_of(page: str) -> str:
    """Everything a reader of the page reads or hears."""
    reader = _Reader()
    reader.feed(page)
    return "\n".join(reader.words)


def english_in(page: str) -> list[str]:
    """The pieces of a page in which a Chinese reader meets English words."""
    reader = _Reader()
    reader.feed(page)
    return [piece for piece in reader.words if set(WORD.findall(NUMBER.sub("", piece))) - MEANT]
