"""Exports that can be read: one module a platform, all of one shape (COLUMNS, `money`, FORMAT). Copy a neighbour.

A column's titles are those that the platform itself gives it, exactly: a title that only looks alike is asked about.
Every amount of these exports is in yuan, every time in China's.
"""

from collections.abc import Mapping
from types import MappingProxyType

from fieldcast.outside.formats import douyin, generic, jd, kuaishou, pinduoduo, tmall, wechat, youzan
from fieldcast.outside.types import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        module.FORMAT.code: module.FORMAT
        for module in (tmall, douyin, pinduoduo, kuaishou, wechat, jd, youzan, generic)
    }
)
