"""A supervision game among many, followed and described: what `fieldcast game evolve` prints, writes and draws."""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fieldcast.commands.game._speaking import NOTHING, bold, figure, percent, table, word
from fieldcast.science.errors import BadParameter
from fieldcast.science.games import evolution, pictures
from fieldcast.science.games.evolution import Basins, PopulationGame, RestPoint, RestPoints, Trajectories
from fieldcast.science.games.evolution.checks import number, whole
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.science.text import Text

COLUMNS = ("honesty", "supervision", "inspection")
CORNERS = (0.25, 0.75)
TIMES = 100
"""How long trajectories are followed by default, in the game's own time (1/the spread of its payoffs)."""
DOING = {
    "honesty": Text(en="{} honest", zh="诚信 {}"),
    "supervision": Text(en="{} supervising", zh="监督 {}"),
    "inspection": Text(en="{} inspecting", zh="抽检 {}"),
}
KINDS = {
    "sink": Text(en="sink", zh="汇：都往这来"),
    "source": Text(en="source", zh="源：都从这走"),
    "saddle": Text(en="saddle", zh="鞍点：来了又走"),
    "centre": Text(en="centre", zh="中心：绕着它转"),
    "degenerate": Text(en="degenerate", zh="退化：看不出"),
}


@dataclass(frozen=True)
class Evolved:
    """What was found: the population game, its trajectories and rest points, and a sentence about it."""

    game: PopulationGame
    paths: Trajectories
    rests: RestPoints
    basins: Basins | None
    facts: dict[str, Any]
    remarks: tuple[Text, ...]

    @classmethod
    def of(
        cls,
        supervised: SupervisionGame,
        *,
        slope: Fraction | None,
        terms: Mapping[str, Fraction | None],
        starts: Sequence[Sequence[float]],
        until: Fraction | None,
        points: int,
        seed: int | None,
    ) -> "Evolved":
        """Three parties as soon as one of the platform's `terms` is given, the others then 0. Raises `BadParameter`."""
        facts: dict[str, Any] = {}
        remarks: list[Text] = []
        if any(value is not None for value in terms.values()):
            given = {name: float(value or 0) for name, value in terms.items()}
            game = evolution.platform_game(supervised, terms=evolution.PlatformTerms(**given))
            facts["terms"] = given
        else:
            game = _of_two(supervised, slope, facts, remarks)
        end = number("until", TIMES / game.spread if until is None else float(until), above=0)
        times = np.linspace(0.0, end, whole("points", points, least=2, most=100_000))
        first = _checked(starts, len(game.sizes)) if starts else _spread_starts(len(game.sizes))
        rests = evolution.rest_points(game)
        if not facts.get("settles") and facts.get("period") is None:
            remarks.insert(0, _settling(rests))
        return cls(
            game=game,
            paths=evolution.replicate(
                game, starts=game.states_of_first(first, parameter="start"), times=times
            ),
            rests=rests,
            basins=None if seed is None else evolution.basins(game, seed=seed),
            facts=facts,
            remarks=tuple(remarks),
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """What the shares are called."""
        return COLUMNS[: len(self.game.sizes)]

    @property
    def shares(self) -> NDArray[np.float64]:
        """The share of each population's first strategy, (starts, times, populations)."""
        return self.paths.states[..., ::2]

    def sentence(self, language: str) -> str:
        """What there is to say."""
        space = " " if language.startswith("en") else ""
        return space.join(remark.in_(language) for remark in self.remarks)

    def rows(self) -> list[list[Any]]:
        """One row for each start and moment; starts are numbered from 1."""
        times = self.paths.times.tolist()
        return [
            [number, time, *shares]
            for number, path in enumerate(self.shares.tolist(), start=1)
            for time, shares in zip(times, path, strict=True)
        ]

    def answer(self, language: str) -> dict[str, Any]:
        """What is printed as JSON."""
        return {
            "columns": self.columns,
            "times": self.paths.times,
            "paths": self.shares,
            "rest_points": [
                {
                    **dict(zip(self.columns, point.state[::2].tolist(), strict=True)),
                    "kind": str(point.kind),
                    "where": point.where,
                    "dimension": point.dimension,
                    "nash": point.nash,
                    "ess": point.ess,
                    "eigenvalues": [[value.real, value.imag] for value in point.eigenvalues.tolist()],
                    "criterion": point.criterion.in_(language),
                }
                for point in self.rests.points
            ],
            "complete": self.rests.complete,
            "basins": self._basins(),
            **self.facts,
            "sentence": self.sentence(language),
        }

    def _basins(self) -> dict[str, Any] | None:
        if self.basins is None:
            return None
        return {
            "starts": self.basins.starts,
            "undecided": self.basins.undecided,
            "sinks": [
                {
                    **dict(zip(self.columns, each.sink.state[::2].tolist(), strict=True)),
                    "share": each.share,
                    "low": each.low,
                    "high": each.high,
                }
                for each in self.basins.basins
            ],
        }

    def in_tables(self, language: str) -> tuple[Any, ...]:
        """The sentence, the rest points, and where each start has got to."""
        heads = [word(name, language) for name in self.columns]
        nash = {True: Text(en="yes", zh="是").in_(language), False: Text(en="no", zh="否").in_(language)}
        rests = [
            [
                *(percent(share, language) for share in point.state[::2]),
                KINDS[point.kind].in_(language),
                nash[point.nash],
                self._arriving(point, language),
            ]
            for point in self.rests.points
        ]
        columns = [
            *heads,
            Text(en="Kind", zh="类型").in_(language),
            Text(en="Equilibrium", zh="是均衡").in_(language),
            Text(en="Starts that end here", zh="多少起点到这").in_(language),
        ]
        ends = [
            [*(percent(share, language) for share in (*path[0], *path[-1]))] for path in self.shares.tolist()
        ]
        end = figure(round(float(self.paths.times[-1]), 4))
        title = Text(en=f"Starts, and where they are at time {end}", zh=f"起点，和到时间 {end} 走到了哪里")
        later = Text(en="then: {}", zh="到时{}").in_(language)
        return (
            bold(self.sentence(language)),
            table(
                columns,
                rests,
                title=Text(en="Rest points", zh="静止点").in_(language),
                words=(len(heads), len(heads) + 1),
            ),
            self.rests.note.in_(language),
            table(
                [*heads, *(later.format(head) for head in heads)],
                ends,
                title=title.in_(language),
                words=(),
            ),
        )

    def _arriving(self, point: RestPoint, language: str) -> str:
        """How many random starts end at a rest point, with the interval in which the true share lies."""
        for each in self.basins.basins if self.basins else ():
            if (each.sink.state == point.state).all():
                low, high = percent(each.low, language), percent(each.high, language)
                return f"{percent(each.share, language)} ({low} – {high})"
        return NOTHING

    def draw(self, language: str) -> str:
        """The picture as SVG: the plane of two populations, or the course of three from the first start."""
        if len(self.columns) == 2:
            return self._plane(language)
        return pictures.curves(
            x=self.paths.times,
            lines=[(word(name, language), self.shares[0, :, k]) for k, name in enumerate(self.columns)],
            x_title=Text(en="time", zh="时间").in_(language),
            language=language,
        )

    def _plane(self, language: str) -> str:
        grid = np.linspace(0.04, 0.96, 15)
        at = np.stack(np.meshgrid(grid, grid), axis=-1).reshape(-1, 2)
        stays = [point for point in self.rests.points if point.kind in ("sink", "centre")]
        return pictures.phase_portrait(
            arrows=(at, self.game.velocity(self.game.states_of_first(at))[:, ::2]),
            paths=list(self.shares),
            rest=[
                (float(point.state[0]), float(point.state[2]), KINDS[point.kind].in_(language).split("：")[0])
                for point in stays
            ],
            language=language,
        )


def _of_two(
    supervised: SupervisionGame, slope: Fraction | None, facts: dict[str, Any], remarks: list[Text]
) -> PopulationGame:
    """Hosts and farmers, with what is known of them in closed form put into `facts` and `remarks`."""
    damping = evolution.damping(supervised, slope=float(slope or 0))
    cycle = evolution.supervision_cycle(supervised) if slope is None else None
    facts |= {
        "slope": damping.slope,
        "settles": damping.settles,
        "least_slope": damping.least_slope,
        "period": None if cycle is None else cycle.period,
    }
    if slope is not None:
        remarks.append(damping.text)
        return evolution.dynamic_penalty(supervised, slope=float(slope))
    if cycle is not None:
        remarks.append(damping.text)
        period = figure(round(cycle.period, 4))
        remarks.append(Text(en=f"A small round takes {period}.", zh=f"转一小圈要 {period}。"))
    if math.isfinite(damping.least_slope):
        least = figure(round(damping.least_slope, 4))
        remarks.append(
            Text(
                en=f"A penalty that rises with dishonesty, --slope above {least}, makes it settle at a mixture.",
                zh=f"让罚金随不诚信的比例上涨（--slope 大于 {least}），就会停在一个混合的状态。",
            )
        )
    return evolution.supervision_dynamics(supervised)


def _checked(starts: Sequence[Sequence[float]], populations: int) -> NDArray[np.float64]:
    if len(starts[0]) != populations:
        raise BadParameter(
            "start",
            Text(
                en=f"start must be {populations} shares from 0 to 1 here, not {len(starts[0])}.",
                zh=f"start 这里要给 {populations} 个 0 到 1 之间的占比，不是 {len(starts[0])} 个。",
            ),
        )
    return np.array(starts)


def _spread_starts(populations: int) -> NDArray[np.float64]:
    """Where nothing is asked for: along a diagonal of the square, or near the corners of the cube."""
    if populations == 2:
        away = np.linspace(0.06, 0.94, 8)
        return np.stack([away, 1 - away], axis=1)
    return np.array(list(itertools.product(CORNERS, repeat=populations)))


def _settling(rests: RestPoints) -> Text:
    """Where play settles, if it does."""
    sinks = [point.state[::2] for point in rests.of_kind("sink")]
    if not sinks:
        return Text(
            en="Nothing settles: no state draws play to it.", zh="停不下来：没有一个状态能把大家都引过去。"
        )
    english, chinese = (
        [
            joint.join(
                DOING[name].in_(language).format(percent(share, language))
                for name, share in zip(COLUMNS, sink, strict=False)
            )
            for sink in sinks
        ]
        for language, joint in (("en", ", "), ("zh", "、"))
    )
    return Text(en=f"Play settles at {'; or at '.join(english)}.", zh=f"最后停在{'；或者'.join(chinese)}。")
