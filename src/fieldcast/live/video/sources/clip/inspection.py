"""Is this upload a film that phones can play? Asked before anything is kept, of the content and not the file's name.

Only plain film containers are opened, from the local disk: a playlist or a slide show posing as a film could otherwise
make the server read other files or call other machines.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"
# what went wrong with the machine, not with the film
OURS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EACCES, errno.EMFILE})
PIXELS = frozenset({"yuv420p", "yuvj420p"})  # what phones decode in hardware
PACKETS_TO_FIRST_PICTURE = 300
OPTIONS = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file"}


@dataclass(frozen=True)
class Limits:
    """The largest film taken. `max_side` is px; `max_gap_seconds` is between two key frames."""

    max_bytes: int = 300 * 1024 * 1024
    max_seconds: float = 900
    max_side: int = 1920
    max_gap_seconds: float = 10


LIMITS = Limits()


@dataclass(frozen=True)
class Facts:
    """What a film turned out to be. `width` and `height` are as shown, after any turning of the phone."""

    width: int
    height: int
    sound: bool


class NotAFilm(Problem):
    """Nothing in the file can be shown."""

    code = "not_a_film"
    status = 422
    sentence = _("This file is not a video that can be read.")
    next_step = _("Choose a video from the phone's album (MP4), or record it again.")


class WrongPictures(Problem):
    """The pictures are coded in a way many phones cannot play."""

    code = "wrong_pictures"
    status = 422
    sentence = _("The video is recorded as %(found)s, which many phones cannot play.")
    next_step = _("In the camera's settings choose “most compatible” (H.264), and record it again.")


class WrongSound(Problem):
    """The sound is coded in a way many phones cannot play."""

    code = "wrong_sound"
    status = 422
    sentence = _("The video's sound is recorded as %(found)s, which many phones cannot play.")
    next_step = _("Save the video as MP4 with AAC sound, and choose it again.")


class TooLong(Problem):
    """The film is longer than a clip may be."""

    code = "film_too_long"
    status = 422
    sentence = _("The video is longer than %(minutes)s minutes.")
    next_step = _("Cut it shorter, and choose it again.")


class TooLarge(Problem):
    """The file is larger, or its pictures are, than a clip's may be."""

    code = "film_too_large"
    status = 413
    sentence = _("The video is too large: at most %(megabytes)s MB, and %(side)s dots on its longer side.")
    next_step = _("Choose a lower resolution (1080p or 720p), and record or save it again.")


class TooFewKeyFrames(Problem):
    """The film can only be entered at points too far apart to show it live."""

    code = "too_few_key_frames"
    status = 422
    sentence = _("The video cannot be joined in the middle: it starts anew only every %(seconds)s seconds.")
    next_step = _("Save it with a key frame every 2 seconds, and choose it again.")


@contextmanager
def opened(source: Path) -> Iterator[InputContainer]:
    """The film, open for reading. Whatever cannot be read of it, now or later in the block, is `NotAFilm`."""
    try:
        with av.open(str(source), options=OPTIONS) as container:
            yield container
    except av.FFmpegError as error:
        if error.errno in OURS:
            raise
        raise NotAFilm from error


def inspect(source: Path, *, limits: Limits) -> Facts:
    """Check a film and say what it is. Reads its head and decodes its first picture.

    Raises `NotAFilm`, `WrongPictures`, `WrongSound`, `TooLong` or `TooLarge`.
    """
    too_large = TooLarge(megabytes=limits.max_bytes // 2**20, side=limits.max_side)
    if not source.is_file() or source.stat().st_size == 0:
        raise NotAFilm
    if source.stat().st_size > limits.max_bytes:
        raise too_large
    with opened(source) as film:
        if not film.streams.video:
            raise NotAFilm
        pictures = film.streams.video[0].codec_context
        if pictures.name != "h264" or (pictures.pix_fmt or "") not in PIXELS:
            raise WrongPictures(found=f"{pictures.name.upper()} {pictures.pix_fmt or ''}".strip())
        if max(pictures.width, pictures.height) > limits.max_side:
            raise too_large
        if film.streams.audio and film.streams.audio[0].codec_context.name != "aac":
            raise WrongSound(found=film.streams.audio[0].codec_context.name.upper())
        if (film.duration or 0) > limits.max_seconds * av.time_base:
            raise too_long(limits)
        picture = _first_picture(film)
        sideways = picture.rotation % 180 != 0
        width, height = (picture.height, picture.width) if sideways else (picture.width, picture.height)
        return Facts(width=width, height=height, sound=bool(film.streams.audio))


def too_long(limits: Limits) -> TooLong:
    """The refusal of a film past the limit: its head may have lied, so it is raised again while cutting."""
    return TooLong(minutes=round(limits.max_seconds / 60, 1))


def _first_picture(film: InputContainer) -> av.VideoFrame:
    for number, packet in enumerate(film.demux(film.streams.video[0])):
        for picture in packet.decode():
            return picture
        if number > PACKETS_TO_FIRST_PICTURE:
            break
    raise NotAFilm
