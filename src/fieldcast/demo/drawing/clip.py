"""The room's clip: a host in a straw hat shows the produce where it grows, in a loop without a seam.

H.264 Main without B-frames, a key frame every second, yuv420p, with AAC: what every phone plays, and what cuts
into segments without being encoded again. One thread encodes, so the same seed gives the same bytes every time.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

from fieldcast.demo.drawing import host, plants, raster, scenes, sound
from fieldcast.demo.drawing.parts import STRAW, WICKER, WICKER_DARK, ground
from fieldcast.demo.drawing.produce import KINDS
from fieldcast.demo.drawing.shapes import Group, Shape, Shapes, ellipse, line, path

WIDTH, HEIGHT = 540, 960
FRAMES_A_SECOND = 15
SECONDS = 16  # a multiple of 8, so that whole AAC frames (1,024 samples) end where the pictures do
STAGE = (236, 780)  # rows the host and the table move in, the only ones drawn too large and averaged down
TABLE = 620  # the row the highest thing on the table reaches
SWAY, SWAY_STEPS = 9, 13  # how far a tree top leans, in px, and in how many drawings
CLOUD_ROUND = 360  # px a cloud drifts in one clip before the sky repeats
VIDEO_OPTIONS = {
    "preset": "veryfast",
    "crf": "24",
    "profile": "main",
    "bf": "0",
    "g": "15",
    "keyint_min": "15",
    "sc_threshold": "0",
}


@dataclass(frozen=True)
class Stage:
    """Everything that is drawn once: the far picture, the table, what sways and what is held."""

    far: Image.Image
    back: Image.Image
    table: Image.Image
    clouds: tuple[tuple[Image.Image, int, int], ...]
    near: tuple[tuple[tuple[Image.Image, ...], int, int], ...]
    held: Image.Image
    who: host.Look


def draw_clip(target: Path, *, kind: str, seed: int, name: str = "", seconds: int = SECONDS) -> Path:
    """Draw and encode the clip for a kind of produce into `target` (mp4), and return it.

    The host looks like the portrait of `name` and the same seed; without a name, like someone who grows this kind.
    Raises `KeyError` for a kind the county does not grow, `ValueError` when `seconds` is not a positive multiple of 8.
    """
    if seconds <= 0 or seconds % 8:
        raise ValueError("a clip lasts a multiple of 8 seconds, so that sound and picture end together")
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = _stage(kind, seed, name)
    frames = seconds * FRAMES_A_SECOND
    with av.open(
        str(target), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}
    ) as container:
        video = container.add_stream("libx264", rate=FRAMES_A_SECOND, options=VIDEO_OPTIONS)
        video.width, video.height, video.pix_fmt, video.thread_count = WIDTH, HEIGHT, "yuv420p", 1
        audio = container.add_stream("aac", rate=sound.RATE, layout="mono")
        audio.bit_rate = 56_000
        track = sound.ambience(seconds, seed)
        per_frame = sound.RATE // FRAMES_A_SECOND
        for number in range(frames):
            picture = av.VideoFrame.from_ndarray(np.asarray(frame(stage, number, frames)), format="rgb24")
            picture.pts, picture.time_base = number, Fraction(1, FRAMES_A_SECOND)
            container.mux(video.encode(picture))
            piece = track[number * per_frame : (number + 1) * per_frame]
            container.mux(audio.encode(_audio(piece, number * per_frame)))
        container.mux(video.encode(None))
        container.mux(audio.encode(None))
    return target


def still(*, kind: str, seed: int, name: str = "", share: float = 0.4) -> Image.Image:
    """One frame of the clip, `share` (0..1) of the way through."""
    frames = SECONDS * FRAMES_A_SECOND
    return frame(_stage(kind, seed, name), round(share * frames) % frames, frames)


def frame(stage: Stage, number: int, frames: int) -> Image.Image:
    """Frame `number` of `frames`."""
    share, seconds = number / frames, frames / FRAMES_A_SECOND
    picture = stage.far.copy()
    for cloud, x, y in stage.clouds:
        at = round(x + CLOUD_ROUND * share) % CLOUD_ROUND - cloud.width
        for left in (at, at + CLOUD_ROUND):
            picture.paste(cloud, (left, y), cloud)
    picture.paste(_acted(stage, share, seconds), (0, STAGE[0]))
    brush = raster.Brush(picture)
    for i in range(2):
        brush.paint(_butterfly(i, share, seconds))
    return picture


def _acted(stage: Stage, share: float, seconds: float) -> Image.Image:
    """The rows of the stage: what sways, the host, the table, then the arms and what they hold."""
    big = stage.back.copy()
    for i, (sways, at_x, at_y) in enumerate(stage.near):
        phase = math.sin(math.tau * (round(seconds * 0.25) * share + i * 0.3))
        one = sways[round((phase + 1) / 2 * (SWAY_STEPS - 1))]
        big.paste(one, (at_x, at_y), one)
    brush = raster.Brush(big, scale=raster.OVERSAMPLE, top=STAGE[0])
    brush.paint(host.body(stage.who, share, seconds))
    left, right = host.hands(share, seconds)
    now = host.pose(share)
    big.paste(stage.table, (0, (TABLE - STAGE[0]) * raster.OVERSAMPLE), stage.table)
    brush.paint((*host.arm(stage.who, 1, right), *(host.palm(stage.who, right) if now.wave > 0.5 else ())))
    brush.paint(host.arm(stage.who, 0, left))
    size = round(stage.held.width * (0.72 + 0.28 * now.near))
    held = (
        stage.held if size == stage.held.width else stage.held.resize((size, size), Image.Resampling.BILINEAR)
    )
    x, y = (round(v * raster.OVERSAMPLE) for v in (left[0], left[1] - STAGE[0] - 6))
    big.paste(held, (x - size // 2, y - round(size * 0.8)), held)
    brush.paint(host.thumb(stage.who, left))
    return big.reduce(raster.OVERSAMPLE)


def _stage(kind: str, seed: int, name: str) -> Stage:
    place = scenes.scene(kind, seed, portrait=True)
    far_shapes = (*place.sky, *place.land, *place.field)
    over = raster.OVERSAMPLE
    big = raster.background(far_shapes, WIDTH * over, HEIGHT * over, scale=over, sharp=1)
    far = big.reduce(over)
    back = big.crop((0, STAGE[0] * over, WIDTH * over, STAGE[1] * over))
    table = raster.sprite(
        _table(kind),
        WIDTH * over,
        (HEIGHT - TABLE) * over,
        matrix=raster.identity(over, 0, -TABLE * over),
        sharp=1,
    )
    whole = table.reduce(over)
    far.paste(whole, (0, TABLE), whole)
    table = table.crop((0, 0, table.width, (STAGE[1] - TABLE) * over))
    clouds = tuple(_cloud(x, y, size) for x, y, size in ((40, 60, 62), (210, 112, 44), (300, 40, 34)))
    shadow = ground()
    held_shapes = tuple(shape for shape in KINDS[kind].draw() if not _is_shadow(shape, shadow))
    held = raster.sprite(held_shapes, 118 * over, 118 * over, matrix=raster.identity(1.18 * over))
    near = tuple(_swaying(group) for group in place.near)
    return Stage(far, back, table, clouds, near, held, host.look(name or kind, seed))


def _is_shadow(shape: Shape, shadow: Shape) -> bool:
    return getattr(shape, "paint", None) == getattr(shadow, "paint", None)


def _table(kind: str) -> Shapes:
    """A table before the host with two trays of the produce."""
    picture = KINDS[kind].draw()
    trays: list[Shape] = []
    for x, size in ((118, 150), (422, 150), (270, 172)):
        y = 742 + (size - 150)
        trays += [
            ellipse(x, y + 32, size * 0.62, 26, "#000000", opacity=0.14),
            ellipse(x, y + 24, size * 0.6, 26, WICKER_DARK),
            ellipse(x, y + 19, size * 0.6, 25, WICKER),
            ellipse(x, y + 17, size * 0.53, 20, STRAW.base),
            Group(picture, x=x - size / 2, y=y + 20 - size * 0.84, scale=size / 100),
        ]
    top = path("M-10 724L40 690H500L550 724V830H-10Z", "#b98f63")
    edge = (path("M-10 800H550V830H-10Z", "#9a7149"), line("M-10 745H550M-10 776H550", "#a67c52", 2.4, 0.8))
    return (top, *edge, *_counter(), *trays)


def _counter() -> Shapes:
    """The table's front, in planks."""
    planks = tuple(line(f"M{x} 834V960", "#7d5a3a", 2.4, 0.7) for x in range(45, 540, 90))
    return (path("M-10 826H550V970H-10Z", "#8f6844"), path("M-10 826H550V838H-10Z", "#6f4f33", 0.6), *planks)


def _cloud(x: int, y: int, size: int) -> tuple[Image.Image, int, int]:
    width, height = round(size * 2.2), round(size * 0.95)
    picture = raster.sprite(
        (plants.cloud(size),), width, height, matrix=raster.identity(1, width / 2, size * 0.72)
    )
    return picture, x, y


def _swaying(group: Group) -> tuple[tuple[Image.Image, ...], int, int]:
    """Pictures of a plant leaning from left to right, and where on the stage they go, in its px."""
    over = raster.OVERSAMPLE
    top, foot = 470, STAGE[1]
    left, right = (
        (0, WIDTH)
        if group.x == WIDTH / 2
        else ((-24, 150) if group.x < WIDTH / 2 else (WIDTH - 150, WIDTH + 24))
    )
    width, height = (right - left) * over, (foot - top) * over
    upright = raster.sprite(
        (group,), width, height, matrix=raster.identity(over, -left * over, -top * over), sharp=1
    )
    pictures = []
    for step in range(SWAY_STEPS):
        lean = (step / (SWAY_STEPS - 1) * 2 - 1) * SWAY * over / height
        shear = (1, lean, -lean * height, 0, 1, 0)
        pictures.append(
            upright.transform(upright.size, Image.Transform.AFFINE, shear, Image.Resampling.BILINEAR)
        )
    return tuple(pictures), left * over, (top - STAGE[0]) * over


def _butterfly(which: int, share: float, seconds: float) -> Shapes:
    """A butterfly on its round, wings beating."""
    turn = math.tau * share * round(seconds / (12 if which else 8)) + which * 2.4
    x = (96 if which else 452) + 40 * math.cos(turn) + 16 * math.sin(turn * 3)
    y = (470 if which else 400) + 60 * math.sin(turn * 2) - 24 * math.cos(turn)
    beat = 0.35 + 0.65 * abs(math.sin(math.tau * share * round(seconds * 2.5) + which))
    colour, edge = (("#f3c63f", "#c9851e"), ("#fffdf8", "#a9c3d6"))[which]
    wings: list[Shape] = []
    for side in (-1, 1):
        for dx, dy, r in ((8.5, -5, 10), (6.5, 7, 7)):
            wings.append(
                ellipse(side * dx * beat, dy, r * 0.78 * beat, r, edge, turn=side * (28 if dy < 0 else -22))
            )
            wings.append(
                ellipse(
                    side * dx * beat,
                    dy,
                    r * 0.52 * beat,
                    r * 0.74,
                    colour,
                    turn=side * (28 if dy < 0 else -22),
                )
            )
    return (Group((*wings, ellipse(0, 1, 1.7, 8, "#4d3a2e")), x=x, y=y, turn=18 * math.cos(turn)),)


def _audio(piece: np.ndarray, start: int) -> av.AudioFrame:
    frame_ = av.AudioFrame.from_ndarray(piece[None, :], format="fltp", layout="mono")
    frame_.sample_rate, frame_.pts, frame_.time_base = sound.RATE, start, Fraction(1, sound.RATE)
    return frame_
