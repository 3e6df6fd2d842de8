"""Reads a page as people do: every word on it and every word read aloud, what its forms hold and what stands beside."""

import html
import re
from html.parser import HTMLParser
from typing import Any

SPOKEN = (
    "aria-label",
    "alt",
    "title",
    "placeholder",
    "data-confirm",
    "data-confirm-more",
    "data-confirm-yes",
)
MEANT = {
    "English",
    "PDF",
}  # the way to the other language is written in it; kinds of files are called so everywhere
WORD = re.compile(r"[A-Za-z]{2,}")
NUMBER = re.compile(r"\b[A-Z]\d{6}-[0-9A-Z]{8}\b")  # of orders and refunds: in no language
UNSEEN = {"script", "style", "template"}
VOID = {"meta", "link", "img", "input", "br", "use", "path", "hr", "source", "col"}


class _Reader(HTMLParser):
    """Collects what is seen, and what is read: the words seen and those read aloud, without numbers and keys, which are
    in no language (`<code>` and elements of the class `code`)."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.read: list[str] = []
        self._open: list[tuple[bool, bool]] = []  # for each open element: is its text unseen, is it unread?

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what is read aloud; note whether the text inside is seen and read."""
        given = dict(attrs)
        self.read += [given[name] or "" for name in SPOKEN if name in given]
        if tag not in VOID:
            unseen, unread = self._open[-1] if self._open else (False, False)
            code = tag == "code" or "code" in (given.get("class") or "").split()
            unseen = unseen or tag in UNSEEN
            self._open.append((unseen, unread or unseen or code))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag not in VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep text that is seen, and text that is read."""
        unseen, unread = self._open[-1] if self._open else (False, False)
        if data.strip() and not unseen:
            self.seen.append(data)
            self.read += [] if unread else [data.strip()]


def _reader_of(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    return reader


def text_of(page: str) -> str:
    """Everything a reader of the page reads or hears."""
    return "\n".join(_reader_of(page).read)


def english_in(page: str) -> list[str]:
    """The pieces of a page in which a Chinese reader meets English words."""
    return [piece for piece in _reader_of(page).read if set(WORD.findall(NUMBER.sub("", piece))) - MEANT]


def words(response: Any) -> str:
    """What the page of a response says, on one line, without its markup."""
    return " ".join(" ".join(_reader_of(response.content.decode()).seen).split())


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields of the page's forms, as a browser would send them back."""
    found = {}
    for box in re.findall(r'<input[^>]*type="hidden"[^>]*>', response.content.decode()):
        name, value = re.search(r'name="([^"]*)"', box), re.search(r'value="([^"]*)"', box)
        if name and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def error_beside(response: Any, field: str) -> str:
    """What stands beside a field that was filled in wrongly, "" when nothing does."""
    found = re.search(rf'id="id_{re.escape(field)}_error">(.*?)</ul>', response.content.decode(), re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", found[1])).strip() if found else ""


def typed(response: Any, field: str) -> str:
    """What a box still holds."""
    found = re.search(rf'<input[^>]*name="{re.escape(field)}"[^>]*>', response.content.decode())
    value = re.search(r'value="([^"]*)"', found[0]) if found else None
    return html.unescape(value[1]) if value else ""
