"""What the game accepts as parameters: finite real numbers that meet the assumptions the paper states.

Every refusal names one parameter, the values it may have, and the assumption of the paper that it would break.
"""

from collections.abc import Mapping
from fractions import Fraction
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.supervision.figures import figure
from fieldcast.science.text import Text

PARAMETERS = ("R1", "R2", "C", "F", "L", "G", "H1", "H2")
LARGEST = 10**15
"""Up to here whole numbers and their sums are exact in double precision."""

Parameter = float | Fraction | NDArray[np.float64]
Value = float | NDArray[np.float64]

NOT_NEGATIVE = {
    "C": Text(en="§2.2 counts it as a cost", zh="论文 §2.2 把它当作成本"),
    "F": Text(en="§2.2 counts it as a fine on the host", zh="论文 §2.2 把它当作对主播的罚金"),
    "L": Text(en="§2.2 counts it as a loss of the farmer", zh="论文 §2.2 把它当作农户的损失"),
}
BELOW = {
    "R2": (
        "R1",
        Text(
            en="§2.2 assumes R2 < R1: a dishonest host costs the farmer income in the long run",
            zh="论文 §2.2 假设 R2 < R1：主播不诚信，农户长远收益会变少",
        ),
    ),
    "H2": (
        "H1",
        Text(
            en="§2.2 assumes H2 < H1: being dishonest costs the host less than being honest",
            zh="论文 §2.2 假设 H2 < H1：不诚信的成本低于诚信的成本",
        ),
    ),
}


def as_parameter(name: str, value: object) -> Parameter:
    """One parameter as a plain number, or as a read-only array of float64. Raises `BadParameter`."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, np.ndarray | list | tuple):
        return _as_array(name, value)
    if isinstance(value, bool) or not isinstance(value, Real):
        raise _not_a_number(name)
    number = value if isinstance(value, int | Fraction) else float(value)
    if not -LARGEST <= number <= LARGEST:
        raise _out_of_range(name)
    return number


def _as_array(name: str, value: ArrayLike) -> Parameter:
    try:
        array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise _not_a_number(name) from wrong
    if array.ndim == 0:
        return as_parameter(name, float(array))
    if not (np.abs(array) <= LARGEST).all():
        raise _out_of_range(name)
    array.setflags(write=False)
    return array


def _not_a_number(name: str) -> BadParameter:
    return BadParameter(name, Text(en=f"{name} must be a number", zh=f"{name} 必须是数字"))


def _out_of_range(name: str) -> BadParameter:
    return BadParameter(
        name,
        Text(
            en=f"{name} must be a finite number of at most 10^15 either way",
            zh=f"{name} 必须是有限的数，绝对值不超过 10^15",
        ),
    )


def check_shapes(parameters: Mapping[str, Parameter]) -> tuple[int, ...]:
    """The shape all parameters broadcast to. Raises `BadParameter` naming the first that does not fit the others."""
    shape: tuple[int, ...] = ()
    for name, value in parameters.items():
        own = getattr(value, "shape", ())
        try:
            shape = np.broadcast_shapes(shape, own)
        except ValueError as wrong:
            raise BadParameter(
                name,
                Text(
                    en=f"{name} of shape {own} does not fit the shape {shape} of those before it",
                    zh=f"{name} 的形状 {own} 与前面参数的形状 {shape} 对不上",
                ),
            ) from wrong
    return shape


def check_assumptions(parameters: Mapping[str, Any]) -> None:
    """Raise `BadParameter` for the first assumption of the paper (§2.2) that some cell breaks."""
    for name, why in NOT_NEGATIVE.items():
        if (least := np.min(parameters[name])) < 0:
            raise BadParameter(
                name,
                Text(
                    en=f"{name} must be 0 or more, and {figure(least)} is not: {why.en}",
                    zh=f"{name} 不能小于 0，现在是 {figure(least)}：{why.zh}",
                ),
            )
    for name, (upper, why) in BELOW.items():
        low, high = parameters[name], parameters[upper]
        wrong = np.asarray(low >= high)
        if wrong.any():
            first = np.unravel_index(np.argmax(wrong), wrong.shape)
            low_text, high_text = (figure(np.broadcast_to(v, wrong.shape)[first]) for v in (low, high))
            raise BadParameter(
                name,
                Text(
                    en=f"{name} must be below {upper}, and {low_text} is not below {high_text}: {why.en}",
                    zh=f"{name} 必须小于 {upper}，现在 {low_text} 不小于 {high_text}：{why.zh}",
                ),
            )


def as_probability(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """A probability, or an array of them. Raises `BadParameter`."""
    array = np.asarray(as_parameter(name, value), dtype=np.float64)
    if not ((array >= 0) & (array <= 1)).all():
        raise BadParameter(
            name,
            Text(en=f"{name} must be a probability from 0 to 1", zh=f"{name} 是概率，必须在 0 到 1 之间"),
        )
    return array
