"""Pictures as a browser sends them, and as they will be kept: drawn anew before any transaction begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from fieldcast.accounts.types import SignedIn
from fieldcast.files import operations
from fieldcast.files.drawing import Drawn
from fieldcast.files.types import FileKind


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


def draw(photos: Sequence[Photo], *, by: SignedIn, kind: FileKind) -> tuple[DrawnPhoto, ...]:
    """Pictures of nobody's but `by`, as they will be kept. Raises what `files.operations.draw_sent` raises."""
    return tuple(
        DrawnPhoto(
            name=photo.name,
            drawn=operations.draw_sent(
                by=by, organisation_id=None, kind=kind, size=photo.size, stream=photo.stream
            ),
        )
        for photo in photos
    )
