"""Every picture of the demo county that belongs to no one in particular, written as files named by kind."""

from functools import partial
from pathlib import Path

from fieldcast.demo.drawing.plots import plot
from fieldcast.demo.drawing.produce import KINDS, product_picture
from fieldcast.demo.drawing.scenes import cover


def write_all(directory: Path, *, seed: int = 0) -> list[Path]:
    """Write `<kind>.svg`, `plots/<kind>.svg`, `covers/<kind>.svg` and `covers/<kind>-portrait.svg`.

    Returns their paths. A file that is there already is left as it is, so a second call costs nothing.
    """
    paths = []
    for kind in KINDS:
        pictures = {
            f"{kind}.svg": partial(product_picture, kind),
            f"plots/{kind}.svg": partial(plot, kind, seed),
            f"covers/{kind}.svg": partial(cover, kind, seed),
            f"covers/{kind}-portrait.svg": partial(cover, kind, seed, portrait=True),
        }
        for name, draw in pictures.items():
            path = directory / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(draw(), encoding="utf-8")
            paths.append(path)
    return paths
