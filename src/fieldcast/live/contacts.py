"""Hides phone numbers and chat ids in what is written in a room: what is agreed outside it nobody can check or refund.

What always holds: what is hidden is hidden from everyone, its writer too, and is not kept. A number is found however
it is written (spaces, dashes, full-width or round digits, Chinese numerals, a country code before it); what is no
phone's number stays: prices, times, order and parcel numbers. An id is hidden only after words that announce one.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from fieldcast.kit.masks import masked_phone

NUMERALS: Final = {
    **{sign: digit for digit, sign in enumerate("零一二三四五六七八九")},
    **{sign: digit for digit, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "○": 0,
    "幺": 1,
}
BETWEEN: Final = frozenset(
    " -.·・_—–~*/|、\u3000\ufe0f\u20e3"
)  # what people put between digits, or phones do
MOST_BETWEEN: Final = 3
MOBILE: Final = re.compile(r"(?:0?0?86)?1[3-9]\d{9}")
LANDLINE: Final = re.compile(r"0(?:10|2\d|[3-9]\d\d)\d{7,8}")
# after these a number is an order's or a parcel's
OF_ORDER: Final = re.compile(
    r"(订单|单号|运单|快递|批次|编号|order|parcel|lot)[号码是为:：#\s]*(no\.?)?\s*$", re.IGNORECASE
)
CALLS: Final = re.compile(r"(?<![a-zA-Z0-9])(?:vx|wx|v|tel|t|phone|call|qq|wechat)-?$", re.IGNORECASE)
_CUES = r"微\s*信|威\s*信|薇\s*信|徽\s*信|卫\s*星|加\s*[微薇威vV]|[vV]\s*信|扣扣|企鹅"
ANNOUNCES: Final = re.compile(
    rf"(?P<cue>{_CUES}|(?<![a-zA-Z])(?:vx|wx|weixin|wechat|qq))"
    r"(?P<sure>\s*(?:号码?|id|账号|是|为|加|我|：|:|\+|同号)*\s*)"
    r"(?P<id>[a-zA-Z][a-zA-Z0-9_-]{5,19}|\d{5,12})(?![a-zA-Z0-9_])",
    re.IGNORECASE,
)


def without_contacts(text: str) -> str:
    """`text` with its phone numbers as 138****8000 and its chat ids as their first letter and stars."""
    hidden = list(_numbers(text))
    for begin, end, instead in reversed(hidden):
        text = text[:begin] + instead + text[end:]
    return ANNOUNCES.sub(_hide_id, text)


def _hide_id(found: "re.Match[str]") -> str:
    name, sure = found["id"], found["sure"].strip()
    if name.isalpha() and not sure and found["cue"].isascii():
        return found[0]  # “wechat payment”: a word, no name
    return found[0][: -len(name)] + f"{name[0]}***"


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a phone's number begins and ends, and what stands there instead."""
    at = 0
    while at < len(text):
        if _digit(text[at]) is None:
            at += 1
            continue
        places = _run(text, at)
        digits = "".join(str(_digit(text[place])) for place in places)
        begin, end = places[0], places[-1] + 1
        if _is_phone(digits, _groups(places)) and not _of_something_else(text, begin, end):
            yield begin, end, masked_phone(digits.removeprefix("00"))
        at = end


def _digit(sign: str) -> int | None:
    found = unicodedata.digit(sign, None)
    return NUMERALS.get(sign) if found is None else found


def _run(text: str, begin: int) -> list[int]:
    """Where the digits stand that belong together: no more than a few signs between any two."""
    places = [begin]
    at = begin + 1
    while at < len(text) and at - places[-1] <= MOST_BETWEEN + 1:
        if _digit(text[at]) is not None:
            places.append(at)
        elif text[at] not in BETWEEN and unicodedata.category(text[at]) != "Cf":
            break
        at += 1
    return places


def _groups(places: list[int]) -> list[int]:
    """How many digits stand together, group by group."""
    sizes = [1]
    for before, place in pairwise(places):
        if place == before + 1:
            sizes[-1] += 1
        else:
            sizes.append(1)
    return sizes


def _is_phone(digits: str, groups: list[int]) -> bool:
    if not (MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits)):
        return False
    # prices side by side come in twos (19.80 29.80 …); numbers are written whole, one by one or in threes and fours
    return len(groups) == 1 or max(groups) == 1 or (groups[0] >= 2 and min(groups[1:]) >= 3)


def _of_something_else(text: str, begin: int, end: int) -> bool:
    """Is it part of a longer code, or said to be an order's or a parcel's?"""
    before, after = text[:begin], text[end : end + 1]
    if after.isascii() and after.isalpha():
        return True
    code = re.search(r"[a-zA-Z0-9]+-?$", before)
    if code is not None and not CALLS.search(before):
        return True
    return OF_ORDER.search(before) is not None
