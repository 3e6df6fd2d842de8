"""Small films made for tests, good and bad, with the same library that reads them."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE = 48_000


def make_film(
    path: Path,
    *,
    seconds: int = 4,
    codec: str | None = "libx264",
    sound: str | None = "aac",
    gop: int = 15,
    size: tuple[int, int] = (96, 160),
    pixels: str = "yuv420p",
    b_frames: int = 0,
    rate: int = 15,
    shade: int = 0,
    sound_rate: int = RATE,
) -> Path:
    """A film of a moving bar with a hum. `codec` None leaves out the pictures, `sound` None the sound."""
    with av.open(str(path), "w") as film:
        options = (
            {"bf": str(b_frames), "sc_threshold": "0", "preset": "ultrafast"} if codec == "libx264" else {}
        )
        pictures = film.add_stream(codec, rate=rate, options=options) if codec else None
        hum = film.add_stream(sound, rate=sound_rate, layout="mono") if sound else None
        if isinstance(pictures, av.VideoStream):
            pictures.width, pictures.height = size
            pictures.pix_fmt, pictures.gop_size = pixels, gop
        for number in range(seconds * rate):
            if isinstance(pictures, av.VideoStream):
                film.mux(pictures.encode(_picture(number, rate, size, shade)))
            if isinstance(hum, av.AudioStream):
                film.mux(hum.encode(_sound(number, sound_rate // rate, sound_rate, hum.format.name)))
        for stream in (pictures, hum):
            if isinstance(stream, av.VideoStream | av.AudioStream):
                film.mux(stream.encode(None))
    return path


def _picture(number: int, rate: int, size: tuple[int, int], shade: int) -> av.VideoFrame:
    canvas = np.full((size[1], size[0], 3), 40 + shade, dtype=np.uint8)
    canvas[(number * 3) % size[1] :][:12] = 220
    picture = av.VideoFrame.from_ndarray(canvas, format="rgb24")
    picture.pts, picture.time_base = number, Fraction(1, rate)
    return picture


def _sound(number: int, samples: int, rate: int, form: str) -> av.AudioFrame:
    wave = 0.1 * np.sin(np.arange(number * samples, (number + 1) * samples) * 0.03)
    data = wave.astype(np.float32) if "flt" in form else (wave * 32767).astype(np.int16)
    piece = av.AudioFrame.from_ndarray(data[None, :], format=form, layout="mono")
    piece.sample_rate, piece.pts, piece.time_base = rate, number * samples, Fraction(1, rate)
    return piece
