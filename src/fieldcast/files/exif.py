"""What a camera wrote beside its picture (EXIF 2.32). Anything odd is unknown: no picture is refused for it."""

import math
import struct
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from typing import Any, Final

from PIL import Image

from fieldcast.files.types import Taken

MOST_BYTES: Final = 256 * 1024  # of EXIF; a camera's is a few thousand, with its own preview 64 kB
MAKE, MODEL, ORIENTATION = 0x010F, 0x0110, 0x0112
DETAILS, PLACE = 0x8769, 0x8825  # directories within
TAKEN_AT, OFFSET = 0x9003, 0x9011
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4
CAMERA_LETTERS: Final = 60
ODD: Final = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError, TypeError,
              OverflowError, ZeroDivisionError, AttributeError, RecursionError)  # fmt: skip
Tags = Mapping[int, Any]


def exif_of(picture: Image.Image) -> dict[int, Any]:
    """The picture's tags, its details among them and its place as a mapping under `PLACE`; empty when unreadable."""
    found: dict[int, Any] = {}
    if len(picture.info.get("exif") or b"") > MOST_BYTES:
        return found
    with suppress(*ODD):
        exif = picture.getexif()
        found.update(exif)
        found.update(exif.get_ifd(DETAILS))
        found[PLACE] = dict(exif.get_ifd(PLACE))
    return found


def taken(exif: Tags) -> Taken:
    """When, where and with what, as far as that can be believed."""
    place = exif.get(PLACE)
    place = place if isinstance(place, Mapping) else {}
    latitude = _degrees(place.get(LATITUDE), place.get(LATITUDE_REF), minus="S", most=90)
    longitude = _degrees(place.get(LONGITUDE), place.get(LONGITUDE_REF), minus="W", most=180)
    known = latitude is not None and longitude is not None
    return Taken(
        at=_moment(exif),
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        camera=_words(exif.get(MAKE), exif.get(MODEL)),
    )


def _moment(exif: Tags) -> datetime | None:
    with suppress(*ODD):
        at = datetime.strptime(str(exif[TAKEN_AT]).strip(" \0"), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 — set below, if known
        with suppress(*ODD):
            sign, hours, minutes = exif[OFFSET][0], int(exif[OFFSET][1:3]), int(exif[OFFSET][4:6])
            ahead = timedelta(hours=hours, minutes=minutes)
            at = at.replace(tzinfo=timezone(-ahead if sign == "-" else ahead))
        return at
    return None


def _degrees(parts: Any, ref: Any, *, minus: str, most: int) -> float | None:
    with suppress(*ODD):
        degrees, minutes, seconds = (float(part) for part in parts)
        value = degrees + minutes / 60 + seconds / 3600
        if math.isfinite(value) and 0 <= value <= most:
            return round(-value if str(ref).strip(" \0").upper() == minus else value, 6)
    return None


def _words(*parts: Any) -> str:
    said = " ".join(part for part in parts if isinstance(part, str))
    return " ".join("".join(letter for letter in said if letter.isprintable()).split())[:CAMERA_LETTERS]
