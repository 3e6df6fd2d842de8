"""Tables 2 and 3 of the paper: its own arithmetic repeated, and the same cells as equilibria of the game."""

from dataclasses import dataclass
from fractions import Fraction

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.paper import scenarios, transcription
from fieldcast.science.games.paper.transcription import Cells
from fieldcast.science.games.supervision import Form, Regime, SupervisionGame
from fieldcast.science.games.supervision.figures import figure
from fieldcast.science.text import Text

BASELINE = Text(en="-", zh="-")
SATURATED = Text(en="none (saturated)", zh="无 (已饱和)")


@dataclass(frozen=True)
class Row:
    """One row. Probabilities are shares of 1.

    `value`: of the parameter varied; `change`: relative to the baseline, −0.4 for −40%.
    `p1_raw`, `p2_raw`: what the formula gives, which may lie outside 0..1.
    `p1`, `p2`: as printed, the raw value cut to 1 and rounded to two decimals; as derived, the equilibrium.
    `p1_change`: in words; as printed in percent of the baseline, as derived in percentage points.
    `regime`: of the derived game, in a derived table only. `cells`: what the paper prints, in a printed table only.
    """

    value: int
    change: float
    p1_raw: float
    p1: float
    p1_change: Text
    p2_raw: float
    p2: float
    regime: Regime | None
    cells: Cells | None


@dataclass(frozen=True)
class Table:
    """One table of the paper. `varied` is C or F; `loss_share` the L assumed, `None` as printed, which needs none."""

    number: int
    form: Form
    varied: str
    loss_share: float | Fraction | None
    rows: tuple[Row, ...]
    note: Text


def printed_p1(*, C: float | Fraction, F: float | Fraction) -> float:
    """The formula in the head of Tables 2 and 3, C/[F+(R1−R2)+L] with R1−R2+L = 20: not cut to 1, not rounded."""
    return float(C / (F + scenarios.STAKE))


def table(
    number: int, *, form: Form = "printed", loss_share: float | Fraction = scenarios.LOSS_SHARE
) -> Table:
    """Table 2 (C varied at F = 10) or 3 (F varied at C = 30).

    `form="printed"` repeats the paper's formula C/[F+(R1−R2)+L], its cutting and its rounding. `form="derived"` gives
    equation (4), 1−C/(F+L), as `p1_raw` and the equilibrium of the game as `p1` and `p2`. Equation (4) needs L, which
    the paper does not give, so `loss_share` is assumed (0 ≤ L < 20). Raises `BadParameter`.
    """
    if number not in (2, 3):
        raise BadParameter("number", Text(en="number must be 2 or 3", zh="表号只能是 2 或 3"))
    if form not in ("printed", "derived"):
        raise BadParameter(
            "form", Text(en="form must be printed or derived", zh="form 只能是 printed 或 derived")
        )
    varied = "C" if number == 2 else "F"
    cells = transcription.TABLE_2 if number == 2 else transcription.TABLE_3
    baseline = scenarios.poverty(loss_share=loss_share)
    games = {value: baseline.with_(**{varied: value}) for value in cells}
    if form == "derived":
        rows = tuple(_derived(value, game, baseline, varied) for value, game in games.items())
        note = scenarios.assumed(loss_share)
    else:
        rows = tuple(_printed(value, game, baseline, varied, cells[value]) for value, game in games.items())
        note = Text(
            en="P1 = C/[F+(R1−R2)+L] and P2 = (H1−H2)/F as tabulated, above 1 taken as 1, rounded to two "
            "decimals.",
            zh="按论文表头的 P1 = C/[F+(R1−R2)+L]、P2 = (H1−H2)/F 算，超过 1 取 1，保留两位小数。",
        )
    return Table(
        number=number,
        form=form,
        varied=varied,
        loss_share=loss_share if form == "derived" else None,
        rows=rows,
        note=note,
    )


def _printed(value: int, game: SupervisionGame, baseline: SupervisionGame, varied: str, cells: Cells) -> Row:
    cell = _numbers(game)
    raw, before = (printed_p1(C=c["C"], F=c["F"]) for c in (cell, _numbers(baseline)))
    p2_raw = (cell["H1"] - cell["H2"]) / cell["F"]
    if raw > 1:
        words = SATURATED
    elif raw == before:
        words = BASELINE
    else:
        words = Text(*[f"{100 * (raw / before - 1):.0f}%"] * 2)
    return Row(
        value=value,
        change=_change(value, _numbers(baseline)[varied]),
        p1_raw=raw,
        p1=round(min(raw, 1.0), 2),
        p1_change=words,
        p2_raw=p2_raw,
        p2=round(min(p2_raw, 1.0), 2),
        regime=None,
        cells=cells,
    )


def _derived(value: int, game: SupervisionGame, baseline: SupervisionGame, varied: str) -> Row:
    cell = _numbers(game)
    stake = cell["F"] + cell["L"]
    points = figure(round(100 * (float(game.honesty) - float(baseline.honesty)), 1))
    signed = f"+{points}" if float(points) > 0 else points
    return Row(
        value=value,
        change=_change(value, _numbers(baseline)[varied]),
        p1_raw=(stake - cell["C"]) / stake,
        p1=float(game.honesty),
        p1_change=BASELINE if game == baseline else Text(en=f"{signed} points", zh=f"{signed} 个百分点"),
        p2_raw=(cell["H1"] - cell["H2"]) / cell["F"],
        p2=float(game.supervision),
        regime=_regime(game),
        cells=None,
    )


def _change(value: int, before: float) -> float:
    return (value - before) / before


def _numbers(game: SupervisionGame) -> dict[str, float]:
    return {name: float(value) for name, value in game.parameters.items()}


def _regime(game: SupervisionGame) -> Regime:
    regime = game.regime
    assert isinstance(regime, Regime)  # one game has one
    return regime
