"""Numbers that come from outside, refused when outside their range."""

import math

from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text


def number(
    parameter: str,
    value: float,
    *,
    least: float = -math.inf,
    most: float = math.inf,
    above: float = -math.inf,
    below: float = math.inf,
) -> float:
    """`value` as a float with `least` ≤ value ≤ `most` and `above` < value < `below`. Raises `BadParameter`."""
    given = float(value)
    if not (math.isfinite(given) and least <= given <= most and above < given < below):
        low = f"{parameter} > {above:g}" if above > -math.inf else f"{parameter} ≥ {least:g}"
        high = f"{parameter} < {below:g}" if below < math.inf else f"{parameter} ≤ {most:g}"
        bounds = [low] if max(above, least) > -math.inf else []
        bounds += [high] if min(below, most) < math.inf else []
        english, chinese = " and ".join(bounds), "，".join(bounds)
        raise BadParameter(
            parameter,
            Text(
                en=f"{parameter} must be a finite number{f' with {english}' if bounds else ''}; it is {given:g}.",
                zh=f"{parameter} 必须是有限的数{f'，且 {chinese}' if bounds else ''}；现为 {given:g}。",
            ),
        )
    return given


def whole(parameter: str, value: int, *, least: int, most: int) -> int:
    """`value` as a whole number between `least` and `most`. Raises `BadParameter`."""
    if int(number(parameter, value, least=least, most=most)) != value:
        raise BadParameter(
            parameter,
            Text(
                en=f"{parameter} must be a whole number between {least:,} and {most:,}.",
                zh=f"{parameter} 必须是 {least:,} 到 {most:,} 之间的整数。",
            ),
        )
    return int(value)
