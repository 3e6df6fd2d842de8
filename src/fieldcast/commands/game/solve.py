"""One supervision game solved: how honest, how supervised, and why."""

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from fieldcast.commands.game import _parameters as parameters
from fieldcast.commands.game._speaking import (
    AsJson,
    Language,
    bold,
    figure,
    percent,
    print_json,
    show,
    speaking,
    table,
    word,
)
from fieldcast.science.text import Text

if TYPE_CHECKING:
    from fieldcast.science.games.supervision import SupervisionGame

AS_PRINTED = Text(
    en="With the payoffs as printed in Table 1, honesty never costs the host anything, whatever the farmer does: "
    "equation (2) cannot follow from them. Of all equilibria the least honest is shown.",
    zh="按表 1 印出来的收益，不管农户监不监督，主播诚信都不吃亏，公式 (2) 推不出来。下面是所有均衡里诚信最低的那个。",
)


def solve(
    *,
    R1: parameters.R1 = None,
    R2: parameters.R2 = None,
    C: parameters.C = None,
    F: parameters.F = None,
    L: parameters.L = None,
    G: parameters.G = None,
    H1: parameters.H1 = None,
    H2: parameters.H2 = None,
    preset: parameters.Preset = None,
    form: Annotated[
        Literal["derived", "printed"],
        typer.Option("--form", help="Payoffs from which equation (2) follows, or Table 1 as it is printed."),
    ] = "derived",
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Solve one supervision game: how honest the host is, how often the farmer supervises, and why."""
    with speaking(language) as spoken:
        game = parameters.game(preset=preset, R1=R1, R2=R2, C=C, F=F, L=L, G=G, H1=H1, H2=H2)
        found = answer(game, form=form, language=spoken)
        if as_json:
            print_json(found)
        else:
            show(*_in_tables(game, found, spoken))


def answer(game: "SupervisionGame", *, form: Literal["derived", "printed"], language: str) -> dict[str, Any]:
    """What is printed as JSON. Probabilities come as floats, and under `exact` once more as fractions."""
    equilibria = game.equilibria(form)
    pairs = [[list(x), list(y)] for x, y in equilibria.extreme]
    # where there are many, one counts on the least honesty, and on the least supervision that it takes
    honest, watched = min((x[0], y[0]) for x, y in equilibria.extreme)
    host, farmer = game.payoffs(form)
    expected = game.expected(honesty=float(honest), supervision=float(watched), form=form)
    sentence = game.sentence if form == "derived" else AS_PRINTED
    return {
        "honesty": float(honest),
        "supervision": float(watched),
        "regime": str(game.regime),
        "equilibria": [[[float(share) for share in side] for side in pair] for pair in pairs],
        "payoffs": {"host": host, "farmer": farmer},
        "expected": {
            "host": expected.host,
            "farmer": expected.farmer,
            "welfare": expected.host + expected.farmer,
        },
        "exact": {"honesty": Fraction(honest), "supervision": Fraction(watched), "equilibria": pairs},
        "form": form,
        "sentence": sentence.in_(language),
    }


def _in_tables(game: "SupervisionGame", found: dict[str, Any], language: str) -> tuple[Any, ...]:
    exact, expected = found["exact"], found["expected"]
    rows = [
        [word("honesty", language), percent(exact["honesty"], language)],
        [word("supervision", language), percent(exact["supervision"], language)],
        [Text(en="Host expects", zh="主播预计得到").in_(language), figure(expected["host"])],
        [Text(en="Farmer expects", zh="农户预计得到").in_(language), figure(expected["farmer"])],
    ]
    if found["form"] == "derived":
        rows.insert(0, [word("regime", language), game.regime.label.in_(language)])  # type: ignore[union-attr]  # one game
    pairs = [[percent(x[0], language), percent(y[0], language)] for x, y in exact["equilibria"]]
    return (
        bold(found["sentence"]),
        table(["", ""], rows),
        _payoffs(found["payoffs"], language),
        table(
            [word("honesty", language), word("supervision", language)],
            pairs,
            title=Text(en="All extreme equilibria", zh="全部极端均衡").in_(language),
            words=(),
        ),
    )


def _payoffs(payoffs: dict[str, Any], language: str) -> Any:
    rows = (Text(en="Honest", zh="诚信"), Text(en="Dishonest", zh="不诚信"))
    columns = (Text(en="Supervised", zh="监督"), Text(en="Not supervised", zh="不监督"))
    return table(
        ["", *(name.in_(language) for name in columns)],
        [
            [
                name.in_(language),
                *(f"{figure(payoffs['host'][i][j])}, {figure(payoffs['farmer'][i][j])}" for j in range(2)),
            ]
            for i, name in enumerate(rows)
        ],
        title=Text(en="Payoffs: host, farmer", zh="收益：主播，农户").in_(language),
    )
