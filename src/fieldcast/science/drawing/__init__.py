"""Pictures of results as SVG text: the same ones on a page, in a file and on paper.

A picture is a pure function of what it shows. It needs no script, no style sheet and no font of its own, says in words
what it shows to those who cannot see it, and carries the colours of the house as attributes, so that a strict content
policy lets it through.
"""

from fieldcast.science.drawing.axes import Axes, nice_ticks
from fieldcast.science.drawing.svg import Picture

__all__ = ["Axes", "Picture", "nice_ticks"]
