"""Pictures that people of a sale send beside their words: drawn anew before any transaction, kept within it."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import SignedIn
from fieldcast.files import operations as files_operations
from fieldcast.files import sent
from fieldcast.files.sent import DrawnPhoto, Photo
from fieldcast.files.types import FileKind, FileView, Retention
from fieldcast.kit.errors import Problem, Sentence


class TooManyPhotos(Problem):
    """More than anybody looks at."""

    code = "too_many_photos"
    status = 422
    sentence: ClassVar[Sentence] = _("At most %(most)s photos.")
    next_step: ClassVar[Sentence] = _("Choose those on which it is seen best.")


def check_number(photos: Sequence[object], *, most: int) -> None:
    """Raises `TooManyPhotos`."""
    if len(photos) > most:
        raise TooManyPhotos(most=most)


def draw(photos: Sequence[Photo], *, by: SignedIn) -> tuple[DrawnPhoto, ...]:
    """Pictures as they will be kept, before any transaction: see `files.sent.draw`."""
    return sent.draw(photos, by=by, kind=FileKind.PHOTO)


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
