"""What was recorded of audits, penalties, losses and margins. NaN stands for a figure that is not known."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fieldcast.science.errors import BadParameter
from fieldcast.science.text import Text

Floats = NDArray[np.float64]
Column = Sequence[float | None] | Floats

PAIRS = {
    "audit_costs": "audit_hours",
    "penalties_collected": "penalties_imposed",
    "lost_repeat_purchases": "refunds",
}
"""Columns of one table: row i of both is one audit, one penalty, one case."""
SIGNED = ("honest_margins", "dishonest_margins")


@dataclass(frozen=True, eq=False)
class Records:
    """Columns of records, each of shape (n,) with an n of its own table; money in one unit throughout.

    Audits: `audit_hours` spent and `audit_costs` laid out by the farmer on each; `hour_value` is what an hour
    is worth in money. Penalties: `penalties_imposed` and, of each, `penalties_collected` (NaN while it is
    open). Cases of dishonesty that nobody supervised: `refunds` paid and `lost_repeat_purchases` in money.
    Margins of the host in one session: `honest_margins` and `dishonest_margins` (G − H1 and G − H2; may be
    negative). An empty column is a table nobody keeps.

    Raises `BadParameter` for infinities, for figures below 0 other than margins, for columns of one table of
    unequal length, and where more was collected than imposed.
    """

    audit_hours: Floats
    audit_costs: Floats
    hour_value: float
    penalties_imposed: Floats
    penalties_collected: Floats
    refunds: Floats
    lost_repeat_purchases: Floats
    honest_margins: Floats
    dishonest_margins: Floats

    @classmethod
    def of(
        cls,
        *,
        hour_value: float,
        audit_hours: Column = (),
        audit_costs: Column = (),
        penalties_imposed: Column = (),
        penalties_collected: Column = (),
        refunds: Column = (),
        lost_repeat_purchases: Column = (),
        honest_margins: Column = (),
        dishonest_margins: Column = (),
    ) -> Self:
        """Records out of lists; `None` in a list is a figure not known. Raises `BadParameter` as the class does."""
        return cls(
            _column("audit_hours", audit_hours),
            _column("audit_costs", audit_costs),
            hour_value,
            _column("penalties_imposed", penalties_imposed),
            _column("penalties_collected", penalties_collected),
            _column("refunds", refunds),
            _column("lost_repeat_purchases", lost_repeat_purchases),
            _column("honest_margins", honest_margins),
            _column("dishonest_margins", dishonest_margins),
        )

    def __post_init__(self) -> None:
        for field in fields(self):
            if field.name != "hour_value":
                column = _column(field.name, getattr(self, field.name)).copy()
                _check(field.name, column)
                column.flags.writeable = False
                object.__setattr__(self, field.name, column)
        if not (np.isfinite(self.hour_value) and self.hour_value >= 0):
            raise BadParameter(
                "hour_value",
                Text(
                    en=f"hour_value must be a finite number of at least 0; it is {self.hour_value:g}.",
                    zh=f"hour_value（一小时值多少）必须是有限的数，不小于 0；现在是 {self.hour_value:g}。",
                ),
            )
        for name, partner in PAIRS.items():
            mine, other = getattr(self, name).size, getattr(self, partner).size
            if mine != other:
                raise BadParameter(
                    name,
                    Text(
                        en=f"{name} must have as many rows as {partner}: {mine} against {other}.",
                        zh=f"{name} 的行数必须与 {partner} 相同：现在是 {mine} 与 {other}。",
                    ),
                )
        over = np.flatnonzero(self.penalties_collected > self.penalties_imposed)
        if over.size:
            row = int(over[0]) + 1
            raise BadParameter(
                "penalties_collected",
                Text(
                    en=f"penalties_collected must not exceed penalties_imposed; row {row} does.",
                    zh=f"penalties_collected（收到的罚金）不能多于开出的罚金；第 {row} 行多了。",
                ),
            )


def _column(name: str, values: Column) -> Floats:
    try:
        column = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as wrong:
        raise _not_a_column(name) from wrong
    if column.ndim != 1:
        raise _not_a_column(name)
    return column


def _not_a_column(name: str) -> BadParameter:
    return BadParameter(name, Text(en=f"{name} must be a list of numbers.", zh=f"{name} 必须是一列数。"))


def _check(name: str, column: Floats) -> None:
    wrong = np.isinf(column) if name in SIGNED else np.isinf(column) | (column < 0)
    if wrong.any():
        row = int(np.argmax(wrong))
        span = ("finite", "有限的数") if name in SIGNED else ("finite and at least 0", "有限的数，不小于 0")
        raise BadParameter(
            name,
            Text(
                en=f"{name} must be {span[0]}, or missing; row {row + 1} is {column[row]:g}.",
                zh=f"{name} 必须是{span[1]}，不知道就留空；第 {row + 1} 行是 {column[row]:g}。",
            ),
        )
