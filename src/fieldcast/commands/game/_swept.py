"""A supervision game solved over a range or a grid: what `fieldcast game sweep` prints, writes and draws."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fieldcast.commands.game._map import draw_map
from fieldcast.commands.game._speaking import bold, figure, percent, table, word
from fieldcast.commands.game.sweep import Range
from fieldcast.science.games import pictures, sensitivity
from fieldcast.science.games.supervision import Regime, SupervisionGame
from fieldcast.science.text import Text

SHOWN = 21
FOUND = ("honesty", "supervision", "host", "farmer", "welfare", "regime")


@dataclass(frozen=True)
class Swept:
    """A game solved over its ranges. `values` are those of each range, `found` flat arrays in the order of the rows."""

    base: SupervisionGame
    values: dict[str, NDArray[np.float64]]
    found: dict[str, NDArray[Any]]
    placed: bool

    @classmethod
    def of(cls, base: SupervisionGame, ranges: Sequence[Range], *, placed: bool) -> "Swept":
        values = {each.name: np.linspace(float(each.low), float(each.high), each.points) for each in ranges}
        cells = dict(zip(values, np.meshgrid(*values.values(), indexing="ij"), strict=True))
        game = base.with_(**{name: cell.ravel() for name, cell in cells.items()})
        expected = game.expected()
        found = {
            "honesty": game.honesty,
            "supervision": game.supervision,
            "host": expected.host,
            "farmer": expected.farmer,
            "welfare": game.welfare(),
            "regime": game.regime_codes,
        }
        return cls(
            base, values, {name: np.broadcast_to(each, game.shape) for name, each in found.items()}, placed
        )

    @property
    def header(self) -> list[str]:
        return [*self.values, *FOUND]

    def rows(self) -> list[list[Any]]:
        """One row for each cell, the last parameter moving fastest."""
        columns = {name: each.tolist() for name, each in self.found.items()}
        columns["regime"] = [str(Regime.of(code)) for code in columns["regime"]]
        cells = itertools.product(*(each.tolist() for each in self.values.values()))
        return [
            [*cell, *found] for cell, found in zip(cells, zip(*columns.values(), strict=True), strict=True)
        ]

    def answer(self) -> dict[str, Any]:
        """What is printed as JSON."""
        fixed = {
            name: float(value) for name, value in self.base.parameters.items() if name not in self.values
        }
        rows = [dict(zip(self.header, row, strict=True)) for row in self.rows()]
        return {"vary": list(self.values), "fixed": fixed, "thresholds": self.thresholds, "rows": rows}

    @property
    def thresholds(self) -> list[float] | None:
        """The values of a single parameter within its range at which the regime changes; nothing for two."""
        if len(self.values) > 1:
            return None
        ((name, values),) = self.values.items()
        found = sensitivity.thresholds(self.base, parameter=name)
        return [value for value in found if values[0] <= value <= values[-1]]

    def in_tables(self, language: str) -> tuple[Any, ...]:
        """For people: some rows of a range and where its regime changes, or how a grid divides among the regimes."""
        if self.thresholds is None:
            return (self._of_grid(language),)
        (name,) = self.values
        at = ", ".join(f"{name} = {figure(value)}" for value in self.thresholds)
        said = (
            Text(en=f"The regime changes at {at}.", zh=f"在 {at} 处情形会变。")
            if at
            else Text(en="The regime stays the same all along.", zh="从头到尾情形不变。")
        )
        return bold(said.in_(language)), self._of_range(language)

    def _of_range(self, language: str) -> Any:
        rows = self.rows()
        step = math.ceil(len(rows) / SHOWN)
        return table(
            [*self.values, *(word(name, language) for name in FOUND)],
            [
                [
                    figure(row[0]),
                    *(percent(share, language) for share in row[1:3]),
                    *(figure(round(each, 2)) for each in row[3:6]),
                    Regime(row[6]).label.in_(language),
                ]
                for row in rows[::step]
            ],
            words=(6,),
        )

    def _of_grid(self, language: str) -> Any:
        codes, honesty = self.found["regime"], self.found["honesty"]
        rows = []
        for code in np.unique(codes):
            inside = honesty[codes == code]
            rows.append(
                [
                    Regime.of(int(code)).label.in_(language),
                    percent(len(inside) / len(codes), language),
                    percent(float(inside.min()), language),
                    percent(float(inside.max()), language),
                ]
            )
        title = Text(
            en=f"{len(codes):,} games over {' and '.join(self.values)}",
            zh=f"{'、'.join(self.values)} 变化，一共 {len(codes):,} 个博弈",
        )
        columns = (
            Text(en="Regime", zh="属于哪种情形"),
            Text(en="Share of them", zh="占多少"),
            Text(en="Least honesty", zh="诚信最低"),
            Text(en="Most honesty", zh="诚信最高"),
        )
        return table([each.in_(language) for each in columns], rows, title=title.in_(language))

    def draw(self, language: str) -> str:
        """The picture as SVG: curves of one parameter, a map of two."""
        here = [float(self.base.floats[name]) for name in self.values] if self.placed else None
        return self._map(here, language) if len(self.values) == 2 else self._curves(here, language)

    def _curves(self, here: list[float] | None, language: str) -> str:
        ((name, values),) = self.values.items()
        inside = here is not None and values[0] <= here[0] <= values[-1]
        return pictures.curves(
            x=values,
            lines=[(word(each, language), self.found[each]) for each in ("honesty", "supervision")],
            x_title=name,
            here=here[0] if here is not None and inside else None,
            language=language,
        )

    def _borders(self, first: str, second: str) -> Sequence[sensitivity.BoundaryLine]:
        ends = {name: values[[0, -1]] for name, values in self.values.items()}
        return sensitivity.regime_map(
            self.base, x=first, y=second, x_values=ends[first], y_values=ends[second]
        ).lines

    def _map(self, here: list[float] | None, language: str) -> str:
        (first, xs), (second, ys) = self.values.items()
        return draw_map(
            x=xs,
            y=ys,
            codes=self.found["regime"].reshape(len(xs), len(ys)).T,
            names=(first, second),
            lines=[line.points for line in self._borders(first, second)],
            here=None if here is None else (here[0], here[1]),
            language=language,
        )
