"""Takes a picture apart and draws it anew: from bytes somebody sent to pixels of ours, or a refusal.

Only three decoders are ever asked, chosen by the first bytes; how many pixels there will be is read from the head
before any is decoded; what is written is made of pixels alone, so neither metadata nor what was hidden behind the
picture's end comes along.
"""

import hashlib
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image

from fieldcast.files.exif import ORIENTATION, exif_of, taken
from fieldcast.files.problems import NotAPicture, PictureBroken, TooManyDots
from fieldcast.files.types import Limits, Taken

HEAD_BYTES: Final = 16
THUMBNAIL_SIDE: Final = 320
QUALITY: Final = 85
WHITE: Final = (255, 255, 255)
SCAN: Final = b"\xff\xda"
MOST_SCANS: Final = 16  # a progressive JPEG has about ten; each is a pass over all pixels
LEAST_CONTRAST: Final = 8  # of 255: below it a picture has nothing to be told by
# what Pillow's decoders raise for content that is not what it says
BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, KeyError, TypeError,
                 OverflowError, ZeroDivisionError, AttributeError, MemoryError)  # fmt: skip
TURNED: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True)
class Drawn:
    """A picture as it is kept: `data` and `thumbnail` are JPEG."""

    data: bytes
    thumbnail: bytes
    width: int
    height: int
    sha256: str
    fingerprint: int | None
    taken: Taken


def format_of(head: bytes) -> str:
    """The picture's format by its first `HEAD_BYTES` bytes. Raises `NotAPicture`."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    raise NotAPicture


def draw(content: bytes, *, limits: Limits) -> Drawn:
    """Decode a picture and draw it anew within `limits`. Raises `NotAPicture`, `TooManyDots` or `PictureBroken`."""
    form = format_of(content[:HEAD_BYTES])
    if form == "JPEG" and content.count(SCAN) > MOST_SCANS:
        raise PictureBroken
    with _opened(content, form) as picture:
        most = limits.most_jpeg_pixels if _read_smaller(picture, form) else limits.most_pixels
        if picture.width * picture.height > most:
            raise TooManyDots(millions=most // 10**6)
        picture.draft("RGB", (limits.longest_side, limits.longest_side))
        if picture.width * picture.height > limits.most_pixels:  # long and thin: it would be decoded whole
            raise TooManyDots(millions=limits.most_pixels // 10**6)
        whole = _pixels(picture, limits.longest_side)
        exif = exif_of(
            picture
        )  # only now: of a PNG it decodes the pixels, and would swallow that they cannot be
        whole = whole.transpose(TURNED[turn]) if (turn := exif.get(ORIENTATION)) in TURNED else whole
    small = whole.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    data = _written(whole)
    return Drawn(
        data=data,
        thumbnail=_written(small),
        width=whole.width,
        height=whole.height,
        sha256=hashlib.sha256(data).hexdigest(),
        fingerprint=fingerprint(whole),
        taken=taken(exif),
    )


def fingerprint(picture: Image.Image) -> int | None:
    """64 bits of which few differ between pictures that look alike; None for one without light and dark.

    The difference hash of N. Krawetz (“Kind of Like That”, 2013): is each of 8 × 8 places darker than the next?
    """
    small = picture.convert("L").resize((9, 8), Image.Resampling.BOX)
    lights = small.tobytes()
    if max(lights) - min(lights) < LEAST_CONTRAST:
        return None
    bits = 0
    for row in range(8):
        for column in range(8):
            place = row * 9 + column
            bits = bits << 1 | (lights[place] < lights[place + 1])
    return bits


@contextmanager
def _opened(content: bytes, form: str) -> Iterator[Image.Image]:
    """The picture, its head read. Whatever cannot be read of it, now or later in the block, is `PictureBroken`."""
    try:
        with Image.open(BytesIO(content), formats=[form]) as picture:
            yield picture
    except Image.DecompressionBombError as error:
        raise TooManyDots(millions=Limits.most_pixels // 10**6) from error
    except BROKEN as error:
        raise PictureBroken from error


def _read_smaller(picture: Image.Image, form: str) -> bool:
    """Can it be decoded at a part of its size? A progressive JPEG is held whole meanwhile, whatever its size."""
    return form == "JPEG" and picture.mode != "CMYK" and not picture.info.get("progressive")


def _pixels(picture: Image.Image, longest: int) -> Image.Image:
    """The pixels alone, on white where they are transparent, no side longer than `longest`."""
    picture.load()
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        flat = Image.new("RGB", layer.size, WHITE)
        flat.paste(layer, mask=layer.getchannel("A"))
    else:
        flat = picture.convert("RGB")
    flat.thumbnail((longest, longest))
    clean = Image.new("RGB", flat.size)  # carries nothing over but what is pasted
    clean.paste(flat)
    return clean


def _written(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
