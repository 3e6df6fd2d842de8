"""The pictures of the laboratory, each with its figures: drawn for those who look, in a table for those who do not, and
as rows for a file. What is drawn and what is told come from the same numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from fieldcast.kit.errors import Sentence
from fieldcast.science.games import pictures
from fieldcast.science.games.sensitivity import Bar, Model, Tornado, thresholds, tornado
from fieldcast.science.games.supervision import Regime, SupervisionGame
from fieldcast.web.lab.motion import ARROWS, Motion, motion_of
from fieldcast.web.lab.state import BY_SLUG, State
from fieldcast.web.lab.words import KINDS, exact, language, say, share

CONDITIONS: Final[dict[str, Sentence]] = {
    "C": _("Cost of supervising"),
    "F": _("Fine"),
    "L": _("Loss if unsupervised"),
    "gain": _("What dishonesty saves"),
}
MOVED: Final = ("F", "C", "L")
SEPARATOR: Final = {"zh": "、", "en": ", "}
SHARE: Final = 0.4  # as far as the paper goes
GRID: Final = 41  # points a side of the map's file
Floats = NDArray[np.float64]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Sheet:
    """One picture. `head` and `rows` are its table in words; `columns` and `data` (computed when
    asked) its file; `note` a sentence of science about it."""

    slug: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    data: Callable[[], Rows]
    note: str = ""


def map_of(state: State) -> Sheet:
    """The regimes over fine and cost, with where we are and where the policy came from."""
    game, p = state.game, floats(state.game)
    margin = p["H1"] - p["H2"]
    svg = pictures.regime_map(
        C=p["C"],
        F=p["F"],
        L=p["L"],
        margin=margin,
        start=state.tail,
        start_name=_start_name(state),
        language=language(),
    )
    borders = {name: [exact(value) for value in thresholds(game, parameter=name)] for name in MOVED}
    rows = tuple(
        (f"{CONDITIONS[name]} {name}", exact(p[name]), SEPARATOR[language()].join(values) or gettext("never"))
        for name, values in borders.items()
    )
    places = {"fines": SEPARATOR[language()].join(borders["F"]), "cost": borders["C"][0]}
    return Sheet(
        "map", svg, (gettext("Condition"), gettext("Here"), gettext("The kind of play changes at")), rows,
        ("F", "C", "regime", "honesty", "supervision"), lambda: _map_data(state),
        note=gettext("The kind of play changes at a fine of %(fines)s and at a cost of %(cost)s.") % places,
    )  # fmt: skip


def responses_of(state: State) -> Sheet:
    """Best responses and where they cross."""
    game, p = state.game, floats(state.game)
    with np.errstate(divide="ignore", invalid="ignore"):
        below = float(1 - np.divide(p["C"], p["F"] + p["L"]))
        above = float(np.divide(p["H1"] - p["H2"], p["F"]))
    points = [(float(x[0]), float(y[0])) for x, y in game.equilibria().extreme]
    svg = pictures.best_responses(
        honest_below=below, supervised_above=above, equilibria=points, language=language()
    )
    rows = (
        (gettext("The farmer supervises while honesty is below"), _threshold(below)),
        (gettext("The host is honest once supervision is above"), _threshold(above)),
        *(
            (gettext("Equilibrium: honesty, supervision"), f"{share(honesty)}, {share(supervision)}")
            for honesty, supervision in points
        ),
    )
    return Sheet(
        "responses", svg, (gettext("Who does what"), gettext("Threshold")), rows,
        ("equilibrium", "honesty", "supervision", "farmer_supervises_below", "host_honest_above"),
        lambda: [(number, *point, below, above) for number, point in enumerate(points, start=1)],
    )  # fmt: skip


def portrait_of(state: State) -> Sheet:
    """What becomes of many hosts and farmers who copy what pays."""
    motion = motion_of(state.game, dynamic=state.motion == "dynamic")
    told = [(x, y, f"({share(x)}, {share(y)})") for x, y, _kind, nash in motion.rests if nash]
    svg = pictures.phase_portrait(
        arrows=(ARROWS, motion.directions),
        paths=[points for _times, points in motion.paths],
        rest=told,
        language=language(),
    )
    rows = tuple((share(x), share(y), str(KINDS[kind])) for x, y, kind, _nash in motion.rests)
    return Sheet(
        "portrait", svg, (gettext("Honesty"), gettext("Supervision"), gettext("What happens there")), rows,
        ("path", "time", "honesty", "supervision"), lambda: _paths(motion), note=_becomes(motion, state.motion),
    )  # fmt: skip


def tornado_of(state: State) -> Sheet:
    """Which condition moves honesty most, each alone and by the same share of itself; supervision beside it."""
    found = {quantity: _tornado(state.game, quantity) for quantity in ("honesty", "supervision")}
    bars = found["honesty"].bars
    watched = {bar.parameter: bar for bar in found["supervision"].bars}
    svg = pictures.tornado(
        names=[f"{CONDITIONS[bar.parameter]} {_ends(bar)}" for bar in bars],
        lows=[bar.at_low for bar in bars],
        highs=[bar.at_high for bar in bars],
        base=found["honesty"].base,
        measure=str(_("Honesty")),
        language=language(),
    )
    rows = tuple(
        (
            f"{CONDITIONS[bar.parameter]} {_ends(bar)}",
            f"{share(bar.at_low)} – {share(bar.at_high)}",
            f"{share(watched[bar.parameter].at_low)} – {share(watched[bar.parameter].at_high)}",
        )
        for bar in bars
    )
    still = all(bar.swing == 0 for bar in bars)
    data: Rows = [
        (quantity, bar.parameter, bar.low, bar.high, bar.at_low, bar.at_high, bar.lowest, bar.highest)
        for quantity, one in found.items()
        for bar in one.bars
    ]
    return Sheet(
        "tornado", svg, (gettext("Condition"), gettext("Honesty"), gettext("Supervision")), rows,
        ("quantity", "condition", "low", "high", "at_low", "at_high", "lowest", "highest"), lambda: data,
        note=gettext("No condition alone, moved by two fifths, changes honesty here.") if still else "",
    )  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A picture the page has: its title, what its axes are, and how it is made."""

    slug: str
    title: Sentence
    axes: Sentence
    make: Callable[[State], Sheet]


SHEETS: Final = {
    kind.slug: kind
    for kind in (
        Kind("map", _("Where it falls"), _("across: fine F, up: cost C"), map_of),
        Kind("portrait", _("Round after round"), _("across: honesty, up: supervision"), portrait_of),
        Kind("responses", _("Each side's best answer"), _("across: honesty, up: supervision"), responses_of),
        Kind(
            "tornado", _("Which condition matters most"), _("each alone, two fifths down and up"), tornado_of
        ),
    )
}


def floats(game: SupervisionGame) -> dict[str, float]:
    """The parameters of one game as floats."""
    return {name: float(value) for name, value in game.floats.items()}


def regime_of(game: SupervisionGame) -> Regime:
    """The regime of one game."""
    regime = game.regime
    assert isinstance(regime, Regime)  # one game has one
    return regime


def _tornado(game: SupervisionGame, quantity: str) -> Tornado:
    """Over the four numbers that decide: what dishonesty saves is one of them, however it is split."""
    p = floats(game)

    def function(at: Mapping[str, Floats]) -> Any:
        games = game.with_(C=at["C"], F=at["F"], L=at["L"], H1=p["H2"] + at["gain"])
        return games.honesty if quantity == "honesty" else games.supervision

    base = {"C": p["C"], "F": p["F"], "L": p["L"], "gain": p["H1"] - p["H2"]}
    return tornado(Model(function=function, base=base), share=SHARE)


def _ends(bar: Bar) -> str:
    return f"{exact(round(bar.low, 4))}–{exact(round(bar.high, 4))}"


def _start_name(state: State) -> str | None:
    return str(BY_SLUG[state.start].title) if isinstance(state.start, str) else None


def _threshold(value: float) -> str:
    if np.isnan(value):
        return gettext("all the same to them")
    return share(value) if 0 <= value <= 1 else gettext("never")


def _map_data(state: State) -> Rows:
    """The map as numbers, over the part of it that the picture shows."""
    p = floats(state.game)
    tail = state.tail or (0.0, 0.0)
    fines = np.linspace(0, 1.6 * max(p["F"], p["H1"] - p["H2"], tail[0]), GRID)
    costs = np.linspace(0, 1.15 * max(p["C"], p["F"] + p["L"], tail[1]), GRID)
    across, up = np.meshgrid(fines, costs)
    games = state.game.with_(F=across, C=up)
    honesty, supervision = np.asarray(games.honesty), np.asarray(games.supervision)
    codes = games.regime_codes
    return [
        (float(F), float(C), Regime.of(int(code)).value, float(x), float(y))
        for F, C, code, x, y in zip(
            across.ravel(), up.ravel(), codes.ravel(), honesty.ravel(), supervision.ravel(), strict=True
        )
    ]


def _becomes(motion: Motion, how: str) -> str:
    """What happens in the end: science tells of cycles and of a fine that follows; a single end is named."""
    nash = [(x, y) for x, y, _kind, holds in motion.rests if holds]
    if how == "dynamic" or any(kind == "centre" for _x, _y, kind, _nash in motion.rests):
        return say(motion.text)
    if len(nash) != 1:
        return gettext("Here play may end in more than one place.")
    places = {"honesty": share(nash[0][0]), "supervision": share(nash[0][1])}
    return gettext("Nothing circles: play ends at honesty %(honesty)s, supervision %(supervision)s.") % places


def _paths(motion: Motion) -> Rows:
    return [
        (number, float(time), float(x), float(y))
        for number, (times, points) in enumerate(motion.paths, start=1)
        for time, (x, y) in zip(times, points, strict=True)
    ]
