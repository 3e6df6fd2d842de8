"""Exports that can be read: one module a platform, all of one shape (COLUMNS, `money`, FORMAT). Copy a neighbour.

A column's titles are those that the platform itself gives it, exactly: a title that only looks alike is asked about.
Every amount of these exports is in yuan, every time in China's.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from fieldcast.kit.tables import header_key
from fieldcast.outside.formats import douyin, generic, jd, kuaishou, pinduoduo, tmall, wechat, youzan
from fieldcast.outside.types import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        module.FORMAT.code: module.FORMAT
        for module in (tmall, douyin, pinduoduo, kuaishou, wechat, jd, youzan, generic)
    }
)


def fitting(titles: Iterable[str]) -> Format | None:
    """The format of which every needed column is there under the platform's own title; of several, the one with most.

    Said to whoever chose another one, and never chosen for them. None where none fits, or two do equally well.
    """
    there = {header_key(title) for title in titles}
    known = {
        one.code: [bool(there.intersection(map(header_key, column.names))) for column in one.columns]
        for one in FORMATS.values()
    }
    fit = {
        code: sum(found)
        for code, found in known.items()
        if all(had or not column.required for had, column in zip(found, FORMATS[code].columns, strict=True))
    }
    best = [code for code, count in fit.items() if count == max(fit.values())]
    return FORMATS[best[0]] if len(best) == 1 else None
