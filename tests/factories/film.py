"""One clip of the demo county, drawn once for all processes of a run: eight seconds take five to draw."""

import fcntl
import os
from pathlib import Path
from typing import Final

from fieldcast.demo.drawing.clip import draw_clip

KIND: Final = "yellow-peach"
SEED: Final = 2
SECONDS: Final = 8


def clip() -> Path:
    """The clip; whoever asks while another draws it waits for him."""
    folder = Path(os.environ["FIELDCAST_TESTS_GROUND"]) / "film"
    folder.mkdir(exist_ok=True)
    whole = folder / f"{KIND}.mp4"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            draw_clip(folder / "draft.mp4", kind=KIND, seed=SEED, seconds=SECONDS).rename(whole)
    return whole
