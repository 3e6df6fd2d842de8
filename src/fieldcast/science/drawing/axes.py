"""A pair of linear axes in a picture: from numbers to pixels, with round ticks."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.drawing import colours
from fieldcast.science.drawing.svg import Picture


@dataclass(frozen=True)
class Axes:
    """The rectangle (`left`, `top`, `width`, `height`, in pixels) of `picture` that shows `x` by `y` (low, high)."""

    picture: Picture
    x: tuple[float, float]
    y: tuple[float, float]
    left: float
    top: float
    width: float
    height: float

    def at(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Pixels of data points: broadcast `x`, `y` of shape (n,) to (n, 2)."""
        xs, ys = np.broadcast_arrays(np.asarray(x, float), np.asarray(y, float))
        across = self.left + (xs - self.x[0]) / _span(self.x) * self.width
        down = self.top + self.height - (ys - self.y[0]) / _span(self.y) * self.height
        return np.stack([across, down], axis=-1)

    def line(self, x: ArrayLike, y: ArrayLike, *, clip: str | None = None, **style: Any) -> None:
        """A line through data points."""
        self.picture.path(self.at(x, y), clip_path=clip, **style)

    def area(self, x: ArrayLike, y: ArrayLike, *, fill: str, **style: Any) -> None:
        """A filled polygon with its corners at data points."""
        self.picture.path(self.at(x, y), closed=True, fill=fill, **style)

    def dot(self, x: float, y: float, *, fill: str, radius: float = 6, **style: Any) -> None:
        """A point."""
        across, down = self.at(x, y)
        self.picture.add("circle", cx=f"{across:.1f}", cy=f"{down:.1f}", r=radius, fill=fill, **style)

    def label(
        self, x: float, y: float, words: str, *, dx: float = 0, dy: float = 0, size: int = 13, **style: Any
    ) -> None:
        """Words beside a data point, `dx` to the right of it and `dy` below it."""
        across, down = self.at(x, y)
        self.picture.text(across + dx, down + dy, words, size=size, **style)

    def frame(
        self, *, x_title: str, y_title: str, percent: tuple[bool, bool] = (False, False), ticks: int = 5
    ) -> None:
        """Grid lines with their numbers (shares of the x or y axis as percentages), and what each axis measures."""
        right, bottom = self.left + self.width, self.top + self.height
        for tick in nice_ticks(*self.x, count=ticks):
            across = self.at(tick, self.y[0])[0]
            self.picture.path([(across, self.top), (across, bottom)], stroke=colours.LINE)
            self.picture.text(
                across, bottom + 18, number(tick, percent=percent[0]), size=12, text_anchor="middle"
            )
        for tick in nice_ticks(*self.y, count=ticks):
            down = self.at(self.x[0], tick)[1]
            self.picture.path([(self.left, down), (right, down)], stroke=colours.LINE)
            self.picture.text(
                self.left - 8, down + 4, number(tick, percent=percent[1]), size=12, text_anchor="end"
            )
        self.picture.text(right, bottom + 36, x_title, text_anchor="end", fill=colours.INK)
        self.picture.text(self.left - 30, self.top - 10, y_title, fill=colours.INK)


def nice_ticks(low: float, high: float, *, count: int = 5) -> list[float]:
    """About `count` round numbers (1, 2 or 5 times a power of ten apart) from `low` to `high`."""
    span = high - low
    if not (math.isfinite(span) and span > 0):
        return [low]
    rough = span / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if rough <= power * factor * (1 + 1e-9))
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def number(value: float, *, percent: bool = False) -> str:
    """A number as people write it: no tail of zeros, thousands apart."""
    return f"{value * 100:.0f}%" if percent else f"{round(value, 10) + 0.0:,.6g}"


def _span(limits: tuple[float, float]) -> float:
    return limits[1] - limits[0] or 1.0
