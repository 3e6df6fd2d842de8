"""What becomes of many hosts and farmers who copy what pays."""

from fractions import Fraction
from typing import Annotated

import typer

from fieldcast.commands.game import _files as files
from fieldcast.commands.game import _parameters as parameters
from fieldcast.commands.game._speaking import AsJson, Language, print_json, show, speaking

Slope = Annotated[
    Fraction | None,
    parameters.option(
        "slope",
        "Let the penalty rise with dishonesty: F times (1 + SLOPE times the share of dishonest hosts).",
    ),
]
InspectionCost = Annotated[
    Fraction | None,
    parameters.option("inspection-cost", "Three parties: what an inspection costs the platform."),
]
Fine = Annotated[
    Fraction | None,
    parameters.option("fine", "Three parties: what an inspecting platform fines a dishonest host."),
]
Subsidy = Annotated[
    Fraction | None,
    parameters.option(
        "subsidy", "Three parties: what an inspecting platform gives a supervising cooperative."
    ),
]
ReputationLoss = Annotated[
    Fraction | None,
    parameters.option("reputation-loss", "Three parties: what dishonesty nobody caught costs the platform."),
]
Start = Annotated[
    list[str] | None,
    typer.Option(
        "--start",
        metavar="SHARE,SHARE[,SHARE]",
        help="Shares of honest hosts, supervisors and inspectors to begin with; may be given several times.",
    ),
]
Until = Annotated[
    Fraction | None, parameters.option("until", "How long to follow them (default: a few rounds of a cycle).")
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", min=0, help="Also follow 1,000 random starts and tell how many end at each sink."),
]


def evolve(
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
    slope: Slope = None,
    inspection_cost: InspectionCost = None,
    fine: Fine = None,
    subsidy: Subsidy = None,
    reputation_loss: ReputationLoss = None,
    start: Start = None,
    until: Until = None,
    points: Annotated[int, typer.Option("--points", help="How many moments to report, 2 to 100,000.")] = 400,
    seed: Seed = None,
    to_csv: files.Csv = None,
    picture: files.Picture = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Let many hosts and farmers, and a platform if you like, copy what pays: where does it settle, or go round?"""
    starts = _starts(start or [])
    terms = {
        "inspection_cost": inspection_cost,
        "fine": fine,
        "subsidy": subsidy,
        "reputation_loss": reputation_loss,
    }
    if slope is not None and any(value is not None for value in terms.values()):
        raise typer.BadParameter("--slope is for two parties; the platform's options are for three.")
    with speaking(language) as spoken:
        game = parameters.game(preset=preset, R1=R1, R2=R2, C=C, F=F, L=L, G=G, H1=H1, H2=H2)
        from fieldcast.commands.game._evolved import Evolved  # noqa: PLC0415 — help need not wait for it

        evolved = Evolved.of(
            game, slope=slope, terms=terms, starts=starts, until=until, points=points, seed=seed
        )
        files.write_results(
            to_csv,
            lambda: (["start", "time", *evolved.columns], evolved.rows()),
            picture,
            evolved.draw,
            language=spoken,
        )
        if as_json:
            print_json(evolved.answer(spoken))
        else:
            show(*evolved.in_tables(spoken))


def _starts(written: list[str]) -> list[list[float]]:
    """Each start as shares. Ends as a wrong option does where one is no list of numbers."""
    starts = [[float(parameters.exact(share)) for share in each.split(",")] for each in written]
    if len({len(each) for each in starts}) > 1:
        raise typer.BadParameter("Every --start needs the same number of shares.")
    return starts
