"""Pictures that people of a sale send beside their words: drawn anew before any transaction, kept within it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import SignedIn
from fieldcast.files import operations as files_operations
from fieldcast.files.drawing import Drawn
from fieldcast.files.types import FileKind, FileView, Retention
from fieldcast.kit.errors import Problem, Sentence


class TooManyPhotos(Problem):
    """More than anybody looks at."""

    code = "too_many_photos"
    status = 422
    sentence: ClassVar[Sentence] = _("At most %(most)s photos.")
    next_step: ClassVar[Sentence] = _("Choose those on which it is seen best.")


@dataclass(frozen=True)
class Photo:
    """A picture as a browser sends it: the name and size its device says."""

    name: str
    size: int
    stream: BinaryIO


@dataclass(frozen=True)
class DrawnPhoto:
    """A picture as it will be kept."""

    name: str
    drawn: Drawn


def check_number(photos: Sequence[object], *, most: int) -> None:
    """Raises `TooManyPhotos`."""
    if len(photos) > most:
        raise TooManyPhotos(most=most)


def draw(photos: Sequence[Photo], *, by: SignedIn) -> tuple[DrawnPhoto, ...]:
    """Pictures as they will be kept, before any transaction. Raises what `files.operations.draw_sent` raises."""
    return tuple(
        DrawnPhoto(
            name=photo.name,
            drawn=files_operations.draw_sent(
                by=by, organisation_id=None, kind=FileKind.PHOTO, size=photo.size, stream=photo.stream
            ),
        )
        for photo in photos
    )


def keep(photos: Sequence[DrawnPhoto], *, by: SignedIn, county_id: int, now: datetime) -> list[FileView]:
    """Keep each as evidence of a sale, within the caller's transaction; the same picture twice is one."""
    different = {photo.drawn.sha256: photo for photo in photos}
    return [
        files_operations.keep_drawn(
            by=by,
            county_id=county_id,
            organisation_id=None,
            kind=FileKind.PHOTO,
            retention=Retention.TRADE,
            name=photo.name,
            drawn=photo.drawn,
            now=now,
        )
        for photo in different.values()
    ]
