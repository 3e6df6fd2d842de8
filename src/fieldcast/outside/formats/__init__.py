"""Exports that can be read: one module a platform, all of one shape (COLUMNS, `money`, FORMAT). Copy a neighbour."""

from collections.abc import Mapping
from types import MappingProxyType

from fieldcast.outside.formats import douyin, generic, tmall
from fieldcast.outside.types import Format

FORMATS: Mapping[str, Format] = MappingProxyType(
    {f.code: f for f in (tmall.FORMAT, douyin.FORMAT, generic.FORMAT)}
)
