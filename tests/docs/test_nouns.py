"""The page of words is how the house speaks: each noun is said in the catalogues with its Chinese word."""

import re

import polib

from tests.docs import pages

LOCALE = pages.ROOT / "src" / "fieldcast" / "locale"
GIVEN_UP = ("合同", "箱数", "几箱", "您")  # the house says 你 to everyone


def nouns() -> list[tuple[str, str]]:
    text = (pages.DOCS / "reference" / "words.md").read_text(encoding="utf-8")
    return re.findall(r"^\| ([a-z ]+) \| ([^| ]+) \| \S", text, re.MULTILINE)[1:]


def said(*, without: str = "") -> list[tuple[str, str]]:
    """Every message with its Chinese, of every area but one."""
    found = []
    for path in sorted(LOCALE.glob("*/zh_Hans/LC_MESSAGES/django.po")):
        if path.is_relative_to(LOCALE / (without or "-")):
            continue
        for entry in polib.pofile(str(path)):
            found.append((f"{entry.msgid} {entry.msgid_plural}", entry.msgstr or entry.msgstr_plural[0]))
    return found


def test_there_are_forty_nouns_each_once_and_no_two_share_a_chinese_word() -> None:
    found = nouns()
    assert len(found) == 40
    assert len(dict(found)) == 40
    assert len({chinese for _noun, chinese in found}) == 40


def test_every_noun_is_said_with_its_chinese_word() -> None:
    messages = said()
    missing = [
        (noun, chinese)
        for noun, chinese in nouns()
        if not any(
            re.search(rf"\b{noun}s?\b", there, re.IGNORECASE) and chinese in here for there, here in messages
        )
    ]
    assert missing == []


def test_words_that_were_given_up_are_said_no_more() -> None:
    """The laboratory speaks of contracts (合同) as the papers on games do; they are no agreements of the house."""
    assert [(there, word) for there, here in said(without="lab") for word in GIVEN_UP if word in here] == []
