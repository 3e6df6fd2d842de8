"""What the pictures share: their sheet, their words, the square of honesty by supervision, a legend."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.drawing import Axes, Picture, colours
from fieldcast.science.text import Text

WIDTH: Final = 380
HONESTY = Text(en="honesty", zh="诚信概率")
SUPERVISION = Text(en="supervision", zh="监督概率")
PENALTY = Text(en="penalty F", zh="罚金 F")
COST = Text(en="cost of supervising C", zh="监督成本 C")
HERE = Text(en="you are here", zh="你在这")
START = Text(en="start", zh="起点")


def sheet(*, height: int, title: str, width: int = WIDTH) -> Picture:
    """An empty picture on paper of the house's colour, so that a file of it can be read on any ground."""
    picture = Picture(width=width, height=height, title=title)
    picture.add("rect", width=width, height=height, fill=colours.PAPER)
    return picture


def unit_square(title: str, *, x_title: str, y_title: str) -> Axes:
    """Axes of two probabilities, in percent."""
    axes = Axes(sheet(height=330, title=title), (0.0, 1.0), (0.0, 1.0), 48, 30, 310, 250)
    axes.frame(x_title=f"{x_title} →", y_title=f"{y_title} ↑", percent=(True, True))
    return axes


def legend(picture: Picture, entries: list[tuple[str, str, str]], *, right: float, y: float) -> None:
    """Names of lines in a row that ends at `right`: (words, colour of the line, colour of the words)."""
    for words, stroke, fill in reversed(entries):
        picture.text(right, y, words, fill=fill, text_anchor="end")
        left = right - words_width(words) - 6
        picture.path([(left - 16, y - 4), (left, y - 4)], stroke=stroke, stroke_width=3)
        right = left - 28


def arrow_head(tip: NDArray[np.float64], way: NDArray[np.float64], *, size: float) -> NDArray[np.float64]:
    """The three corners (3, 2) of the head of an arrow that points along `way` and ends at `tip`, in pixels."""
    step = way / (float(np.hypot(*way)) or 1.0)
    normal = np.array([-step[1], step[0]])
    back = tip - step * size
    return np.stack([tip, back + normal * size * 0.55, back - normal * size * 0.55])


def words_width(words: str, size: int = 13) -> float:
    """About how wide words are written: a Chinese character as wide as it is high, a letter a little over half."""
    return sum(size if one > "\u2e80" else size * 0.56 for one in words)


def share(value: float) -> str:
    """A probability in whole percent."""
    return f"{np.clip(value, 0, 1) * 100:.0f}%"
