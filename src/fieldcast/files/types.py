"""What files tells the other rooms."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class FileKind(StrEnum):
    """What a file is to the people who handed it in."""

    PHOTO = "photo"
    SHEET = "sheet"  # signed on paper, photographed or scanned
    DOCUMENT = "document"


class Retention(StrEnum):
    """Why a file is kept, which says until when."""

    DRAFT = "draft"  # belongs to nothing yet
    TRADE = "trade"  # evidence of a sale
    HOUSEHOLD = "household"  # belongs to a household's record


KEPT_FOR = {
    Retention.DRAFT: timedelta(days=30),
    Retention.TRADE: timedelta(days=3 * 366),  # trade records are kept for at least three years
    Retention.HOUSEHOLD: timedelta(days=5 * 366),
}


@dataclass(frozen=True)
class Limits:
    """The largest that is taken. `longest_side` is px of what is kept; pixels are of what is sent."""

    most_bytes: int
    longest_side: int
    most_pixels: int = 24_000_000
    most_jpeg_pixels: int = 64_000_000  # of those read at an eighth, a fourth or half of their size


LIMITS = {
    FileKind.PHOTO: Limits(most_bytes=15 * 2**20, longest_side=2560),
    FileKind.SHEET: Limits(most_bytes=15 * 2**20, longest_side=3508),  # A4 at 300 dots an inch
    FileKind.DOCUMENT: Limits(most_bytes=15 * 2**20, longest_side=3508),
}


@dataclass(frozen=True)
class Taken:
    """What a camera wrote beside its picture; None is unknown. `at` is by the camera's clock, often without zone."""

    at: datetime | None = None
    latitude: float | None = None
    longitude: float | None = None
    camera: str = ""


@dataclass(frozen=True)
class FileView:
    """A kept file. `width` and `height` are px of what is kept, `size` its bytes, `sha256` its content's.

    `fingerprint` is alike for pictures that look alike, None for one without anything to tell it by.
    """

    id: int
    county_id: int
    organisation_id: int | None
    handed_in_by_id: int
    kind: FileKind
    name: str
    size: int
    width: int
    height: int
    sha256: str
    fingerprint: int | None
    retention: Retention
    handed_in_at: datetime
    keep_until: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Content:
    """A picture to send to a browser: always a JPEG."""

    name: str
    data: bytes
    media_type: str = "image/jpeg"
