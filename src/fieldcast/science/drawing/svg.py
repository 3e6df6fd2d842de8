"""An SVG picture in the making: elements are added in the order in which they are painted, every text escaped."""

import zlib
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.drawing import colours

FONT = "PingFang SC, Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, sans-serif"


class Picture:
    """A picture of `width` by `height` CSS pixels. `title` says in one sentence what it shows."""

    def __init__(self, *, width: int, height: int, title: str, description: str = "") -> None:
        self.width, self.height = width, height
        self._title, self._description = title, description
        self._elements: list[str] = []
        self._clips = 0

    def add(self, name: str, text: str | None = None, **attributes: Any) -> None:
        """Paint an element; `_` in an attribute's name stands for `-`, a last `_` is dropped, None leaves it out."""
        self._elements.append(element(name, text, **attributes))

    def path(self, points: ArrayLike, *, closed: bool = False, **attributes: Any) -> None:
        """Join points, an array of shape (n, 2) in pixels; a row with NaN interrupts the line."""
        found = path_data(np.asarray(points, float), closed=closed)
        if found:
            self.add("path", d=found, **{"fill": "none", **attributes})

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: int = 13,
        fill: str = colours.MUTED,
        **attributes: Any,
    ) -> None:
        """Write `words` with their baseline at `y`."""
        self.add("text", words, x=f"{x:.1f}", y=f"{y:.1f}", font_size=size, fill=fill, **attributes)

    def clip(self, left: float, top: float, width: float, height: float) -> str:
        """A frame for `clip_path`: what lies outside is not painted."""
        self._clips += 1
        name = f"clip-{zlib.crc32(self._title.encode()):08x}-{self._clips}"  # several pictures share one page
        frame = element("rect", x=left, y=top, width=width, height=height)
        self._elements.append(f'<clipPath id="{name}">{frame}</clipPath>')
        return f"url(#{name})"

    def svg(self) -> str:
        """The picture as the text of an SVG file."""
        said = element("title", self._title) + (
            element("desc", self._description) if self._description else ""
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
            f'width="{self.width}" height="{self.height}" role="img" font-family={quoteattr(FONT)}>'
            f"{said}{''.join(self._elements)}</svg>"
        )


def element(name: str, text: str | None = None, **attributes: Any) -> str:
    """One element as text."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(str(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}/>" if text is None else f"<{name}{written}>{escape(text)}</{name}>"


def path_data(points: NDArray[np.float64], *, closed: bool = False) -> str:
    """The `d` attribute of a line through `points`; a row with NaN or infinity lifts the pen."""
    pieces, down = [], False
    known = np.atleast_1d(np.isfinite(points).all(axis=-1))
    for (x, y), there in zip(points.tolist(), known.tolist(), strict=True):
        if there:
            pieces.append(f"{'L' if down else 'M'}{x:.1f} {y:.1f}")
        down = there
    return "".join(pieces) + ("Z" if closed and pieces else "")
